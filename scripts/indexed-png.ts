/** @module Makes a PNG small: 255 colours chosen for it, as in an indexed picture. */
import { Decoder, Demuxer, Encoder, FF_ENCODER_PNG, FilterAPI } from 'node-av'

const COLOURS = 'split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=sierra2_4a'

/** @param path of a PNG. @returns the bytes of the smaller one. */
export async function indexedPng(path: string): Promise<Uint8Array> {
  await using input = await Demuxer.open(path)
  const stream = input.video()
  if (!stream) throw new Error(`${path} holds no picture.`)
  using decoder = await Decoder.create(stream)
  using filter = FilterAPI.create(COLOURS)
  using encoder = await Encoder.create(FF_ENCODER_PNG, { options: { compression_level: 9, pred: 'none' } })
  for await (const packet of encoder.packets(filter.frames(decoder.frames(input.packets())))) {
    if (packet?.data) return packet.data
  }
  throw new Error(`${path} could not be made smaller.`)
}
