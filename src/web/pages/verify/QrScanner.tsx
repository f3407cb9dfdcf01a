import { useEffect, useRef, useState } from 'react';
import { texts } from '../../texts/language.ts';
import { Icon } from '../../ui/Icon.tsx';

/** Shape Detection API, which not every browser has, and no library of types either. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

type State = 'asking' | 'looking' | 'no-detector' | 'no-camera' | 'denied';

const lookEvery = 250;

/** Looks through the camera for a QR code. The picture stays in this browser. */
export function QrScanner({ onText, onEnd }: { onText(text: string): void; onEnd(): void }) {
  const [state, setState] = useState<State>('asking');
  const video = useRef<HTMLVideoElement>(null);
  const region = useRef<HTMLElement>(null);
  const found = useRef(onText);
  found.current = onText;

  useEffect(() => {
    region.current?.focus();
    let ended = false;
    let stream: MediaStream | undefined;
    const look = async () => {
      const detector = await makeDetector();
      if (ended) return;
      if (detector === null) return setState('no-detector');
      if (navigator.mediaDevices === undefined) return setState('no-camera');
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      } catch (error) {
        if (!ended)
          setState(error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'no-camera');
        return;
      }
      const screen = video.current;
      if (ended || screen === null) return stopCamera(stream);
      screen.srcObject = stream;
      await screen.play().catch(() => undefined);
      setState('looking');
      while (!ended) {
        // A picture that is not there yet is no fault.
        const [code] = await detector.detect(screen).catch(() => []);
        if (!ended && code !== undefined && code.rawValue.trim() !== '') return found.current(code.rawValue.trim());
        await new Promise((next) => setTimeout(next, lookEvery));
      }
    };
    void look();
    return () => {
      ended = true;
      if (stream !== undefined) stopCamera(stream);
    };
  }, []);

  const failed = state !== 'asking' && state !== 'looking';
  return (
    <section className="scanner" ref={region} tabIndex={-1} aria-label={texts.scan}>
      <video ref={video} hidden={state !== 'looking'} muted playsInline aria-label={texts.scanPicture} />
      <div role="status">
        {failed ? (
          <div className="note">
            <Icon name="info" />
            <p>
              <b>{texts.scanFaults[state]}</b> {texts.scanOther}
            </p>
          </div>
        ) : (
          <p className="small">{state === 'asking' ? texts.scanAsking : texts.scanLooking}</p>
        )}
      </div>
      <button type="button" className="btn" onClick={onEnd}>
        {failed ? texts.scanClose : texts.scanStop}
      </button>
    </section>
  );
}

async function makeDetector(): Promise<Detector | null> {
  const Detecting = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = await Detecting?.getSupportedFormats().catch((): string[] => []);
  return Detecting !== undefined && formats?.includes('qr_code') ? new Detecting({ formats: ['qr_code'] }) : null;
}

function stopCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
