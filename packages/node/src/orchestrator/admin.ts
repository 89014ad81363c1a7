/** @module Routes for the operator, opened by the orchestrator's secret. */
import { HttpRefusal, type HttpRequest, header, sendJson } from '../rpc/http-message.ts'
import type { Route } from '../rpc/router.ts'
import { sameSecret } from '../rpc/worker-protocol.ts'
import type { FeeCollector } from './fee-collector.ts'

/** `POST /admin/withdraw-fees` with `Authorization: Bearer <secret>` → `{"withdrawnWei":"…"}`. */
export function adminRoutes(
  config: { readonly secret: string },
  deps: { readonly fees: FeeCollector },
): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/admin/withdraw-fees',
      handle: async (request, response) => {
        demandSecret(request, config.secret)
        const withdrawn = await deps.fees.collect(1n)
        sendJson(response, { withdrawnWei: withdrawn.toString() })
      },
    },
  ]
}

function demandSecret(request: HttpRequest, secret: string): void {
  const given = /^Bearer (.+)$/.exec(header(request, 'authorization') ?? '')?.[1] ?? ''
  if (!sameSecret(given, secret)) throw new HttpRefusal(401, 'Unauthorized')
}
