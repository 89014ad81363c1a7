/** hls.js ships its small build (no subtitles, no alternate audio) without types of its own. */
declare module 'hls.js/light' {
  export * from 'hls.js'
  export { default } from 'hls.js'
}
