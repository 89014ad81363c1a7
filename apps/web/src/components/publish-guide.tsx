/** @module What to do when nothing is being published. */
import { useState } from 'react'

type PublishGuideProps = {
  readonly publishUrl: string
  /** Nothing was published so far. */
  readonly isFirst: boolean
}

export function PublishGuide({ publishUrl, isFirst }: PublishGuideProps) {
  return (
    <section className="panel guide">
      <h2>{isFirst ? 'Nothing is live yet' : 'Publish again'}</h2>
      <p className="lead">
        {isFirst
          ? 'Publish a stream and it plays here: in several qualities, with an AI picture beside it, and with every node that worked on it.'
          : 'A stream with the same key goes on where this one ended; another key makes another stream.'}{' '}
        In OBS choose Settings, Stream, Service: Custom, with H.264 video, AAC audio and a keyframe every 2 s.
      </p>
      <dl className="copies">
        <Copyable label="Server" text={publishUrl} />
        <Copyable label="Stream key" text="demo" />
        <Copyable
          label="A file, with ffmpeg"
          text={`ffmpeg -re -i video.mp4 -c:v libx264 -g 60 -c:a aac -f flv ${publishUrl}/demo`}
        />
        <Copyable
          label="A test picture"
          text={`ffmpeg -re -f lavfi -i testsrc2=s=1280x720:r=25 -f lavfi -i sine -c:v libx264 -g 50 -c:a aac -f flv ${publishUrl}/demo`}
        />
      </dl>
    </section>
  )
}

function Copyable({ label, text }: { readonly label: string; readonly text: string }) {
  const [outcome, setOutcome] = useState<string>()
  const copy = async () => {
    const done = await navigator.clipboard.writeText(text).then(
      () => 'Copied',
      () => 'Not allowed',
    )
    setOutcome(done)
    setTimeout(() => setOutcome(undefined), 1500)
  }
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <code>{text}</code>
        {navigator.clipboard && (
          <button type="button" aria-label={outcome ?? `Copy: ${label}`} onClick={copy}>
            {outcome ?? 'Copy'}
          </button>
        )}
      </dd>
    </div>
  )
}
