import 'react'

declare module 'react' {
  /** Custom properties of the page's own style sheet. */
  interface CSSProperties {
    '--node'?: string | undefined
    '--load'?: number | undefined
  }
}
