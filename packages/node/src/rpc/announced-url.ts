/** @module Whether a node may send a gateway to the URL that it announces as its own. */
import { BlockList, isIP } from 'node:net'
import { MalformedError } from '@tessera/runtime/errors'

/** Of this machine or its network: loopback, private, link-local, shared, unspecified, multicast. Mapped IPv4 is found, too. */
const INSIDE = new BlockList()
for (const subnet of ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3']) add(subnet, 'ipv4')
for (const subnet of ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']) add(subnet, 'ipv4')
for (const subnet of ['::/127', 'fc00::/7', 'fe80::/10', 'ff00::/8']) add(subnet, 'ipv6')

/**
 * An orchestrator reached from outside may not send its gateway to addresses inside the gateway's own network, where
 * requests from the gateway are trusted. Names that resolve to such addresses are not found out here.
 * @throws {MalformedError}
 */
export function checkAnnouncedUrl(announced: string, askedAt: string): void {
  if (!isInside(announced) || isInside(askedAt)) return
  throw new MalformedError('announced URL: an address inside the network of the gateway', {
    askedAt: new URL(askedAt).host,
    announced: new URL(announced).host,
  })
}

function isInside(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const version = isIP(host)
  if (version === 0) return host === 'localhost' || host.endsWith('.localhost')
  return INSIDE.check(host, version === 4 ? 'ipv4' : 'ipv6')
}

function add(subnet: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', bits] = subnet.split('/')
  INSIDE.addSubnet(address, Number(bits), family)
}
