/** @module What to do when nothing is being published. */
import { useState } from 'react'

export function PublishGuide({ publishUrl }: { readonly publishUrl: string }) {
  return (
    <section className="panel guide">
      <h2>Publish a stream</h2>
      <p className="lead">In OBS: Settings, Stream, Custom; H.264 video, AAC audio, keyframe interval 2 s.</p>
      <dl className="copies">
        <Copyable label="Server" text={publishUrl} />
        <Copyable label="Stream key" text="demo" />
        <Copyable
          label="Or with ffmpeg"
          text={`ffmpeg -re -i video.mp4 -c:v libx264 -g 60 -c:a aac -f flv ${publishUrl}/demo`}
        />
      </dl>
    </section>
  )
}

function Copyable({ label, text }: { readonly label: string; readonly text: string }) {
  const [done, setDone] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setDone(true)
    setTimeout(() => setDone(false), 1500)
  }
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <code>{text}</code>
        {navigator.clipboard && (
          <button type="button" onClick={copy}>
            {done ? 'Copied' : 'Copy'}
          </button>
        )}
      </dd>
    </div>
  )
}
