/** Stamps and icons as symbols, drawn once per page; nothing is fetched for them. */
export function Sprite() {
  return (
    <svg className="sprite" aria-hidden="true" focusable="false">
      <defs>
        <mask id="cut" maskUnits="userSpaceOnUse" x="-4" y="-4" width="56" height="56">
          <rect x="-4" y="-4" width="56" height="56" fill="#fff" />
          <path d="M-4-4L52 52M52-4L-4 52" stroke="#000" strokeWidth="5.2" />
        </mask>
      </defs>
      <symbol id="s-authentic" viewBox="0 0 48 48">
        <path d="M10 3H38A7 7 0 0 0 45 10V38A7 7 0 0 0 38 45H10A7 7 0 0 0 3 38V10A7 7 0 0 0 10 3Z" />
      </symbol>
      <symbol id="s-current" viewBox="0 0 48 48">
        <path d="M24 2.5A21.5 21.5 0 1 1 24 45.5A21.5 21.5 0 1 1 24 2.5Z" />
      </symbol>
      <symbol id="s-issuer" viewBox="0 0 48 48">
        <path d="M4.5 3.5H43.5V24C43.5 35 35 42 24 46C13 42 4.5 35 4.5 24Z" />
      </symbol>
      <symbol id="s-class" viewBox="0 0 48 48">
        <path d="M13 4H35L46.5 24L35 44H13L1.5 24Z" />
      </symbol>
      <symbol id="s-level" viewBox="0 0 48 48">
        <path d="M5 45V21.5A19 19 0 0 1 43 21.5V45Z" />
      </symbol>
      <symbol id="g-authentic" viewBox="0 0 48 48">
        <g fill="none" strokeWidth="3.6" strokeLinecap="square">
          <circle cx="16.5" cy="24" r="5.6" />
          <path d="M22.3 24H37.5M30.5 24V30M37 24V30.5" strokeLinejoin="miter" />
        </g>
      </symbol>
      <symbol id="g-current" viewBox="0 0 48 48">
        <path d="M24 11.5V24L32 29.5" fill="none" strokeWidth="3.8" strokeLinecap="square" strokeLinejoin="miter" />
      </symbol>
      <symbol id="g-issuer" viewBox="0 0 48 48">
        <g strokeWidth="0">
          <path d="M24 10.5L37 18V20H11V18Z" />
          <path d="M13.5 22H17.5V30H13.5ZM22 22H26V30H22ZM30.500 22H34.500V30H30.500ZM11 32H37V35.200H11Z" />
        </g>
      </symbol>
      <symbol id="g-A" viewBox="0 0 48 48">
        <path
          strokeWidth="0"
          d="M12.5 35.5L12.5 33.3L16 33.1L16.7 33.1L20.0 33.3L20.0 35.5ZM14.2 35.5L21.8 13.5L26.2 13.5L34.0 35.5L27.9 35.5L22.0 17.2L22.1 17.2L21.4 20.6L16.6 35.5ZM17.9 29.2L17.9 27.1L28.4 27.1L28.4 29.2ZM24.4 35.5L24.4 33.4L28.4 33.1L31.2 33.1L35.4 33.4L35.4 35.5Z"
        />
      </symbol>
      <symbol id="g-K" viewBox="0 0 48 48">
        <path
          strokeWidth="0"
          d="M14.9 35.5V13.5H20.7V35.5ZM12.2 35.5L12.2 33.3L16.8 33.0L18.9 33.0L23.0 33.3L23.0 35.5ZM12.2 15.6L12.2 13.5L23.4 13.5L23.4 15.6L18.9 15.9L16.8 15.9ZM25.2 35.5L25.2 33.3L29.1 33.0L31.4 33.0L35.7 33.3L35.7 35.5ZM26.1 15.6L26.1 13.5L34.7 13.5L34.7 15.6L30.8 15.9L29.4 15.9ZM18.6 29.7L18.5 26.7L19.7 26.7L22.2 23.5L30.7 13.5L33.8 13.5ZM28.3 35.5L22.3 24.4L26.1 20.2L34.8 35.5Z"
        />
      </symbol>
      <symbol id="g-R" viewBox="0 0 48 48">
        <path
          strokeWidth="0"
          d="M12.7 35.0L12.7 32.9L17.2 32.7L19.3 32.7L23.7 32.9L23.7 35.0ZM15.3 35V13.5H21.2V35ZM31.5 35.5Q29.2 35.5 28.0 34.6Q26.7 33.8 26.4 31.8L25.8 28.2Q25.6 27.1 25.3 26.5Q24.9 25.8 24.3 25.5Q23.7 25.2 22.7 25.2L18.4 25.2L18.4 23.2L22.6 23.2Q24.2 23.2 25.1 22.7Q26.0 22.2 26.5 21.4Q26.9 20.5 26.9 19.3Q26.9 17.4 25.8 16.5Q24.8 15.6 22.7 15.6L19.1 15.6L19.1 13.5L23.7 13.5Q28.0 13.5 30.3 14.9Q32.6 16.2 32.6 18.8Q32.6 20.2 31.7 21.3Q30.9 22.4 29.2 23.0Q27.4 23.7 24.8 23.8L24.8 24.0Q26.6 24.0 27.8 24.3Q29.1 24.6 29.8 25.1Q30.6 25.7 31.1 26.7Q31.5 27.6 31.8 29.1L32.8 34.3L30.0 32.5L35.2 33L35.2 35.0Q34.6 35.2 34.0 35.2Q33.5 35.3 32.9 35.4Q32.3 35.5 31.5 35.5ZM12.7 15.6L12.7 13.5L17.5 13.5L17.5 15.8L16.9 15.8Z"
        />
      </symbol>
      <symbol id="g-q" viewBox="0 0 48 48">
        <g strokeWidth="0">
          <path d="M17.200 19.200C17.200 14.800 20.100 12 24.200 12C28.300 12 31.100 14.500 31.100 18.100C31.100 21 29.600 22.600 27.700 24.200C26.200 25.500 25.900 26.200 25.900 28.400H22.100C22.100 25.300 22.700 24 24.700 22.200C26.300 20.800 27 19.900 27 18.300C27 16.600 25.900 15.500 24.200 15.500C22.400 15.500 21.300 16.800 21.300 19.200Z" />
          <circle cx="24" cy="33.200" r="2.5" />
        </g>
      </symbol>
      <symbol id="g-dash" viewBox="0 0 48 48">
        <path d="M16 24.500H32" fill="none" strokeWidth="3.400" strokeLinecap="butt" />
      </symbol>
      <symbol id="i-passed" viewBox="0 0 24 24">
        <circle cx="12" cy="12" r="10.500" fill="currentColor" />
        <path d="M7 12.400L10.600 16L17.200 8.800" fill="none" stroke="var(--on-strong)" strokeWidth="2.400" />
      </symbol>
      <symbol id="i-failed" viewBox="0 0 24 24">
        <path d="M7.600 1.500H16.400L22.500 7.600V16.400L16.400 22.500H7.600L1.500 16.400V7.600Z" fill="currentColor" />
        <path d="M8 8L16 16M16 8L8 16" stroke="var(--on-strong)" strokeWidth="2.400" />
      </symbol>
      <symbol id="i-unsure" viewBox="0 0 24 24">
        <path
          d="M12 1.500L22.500 12L12 22.500L1.500 12Z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.900"
          strokeDasharray="3.200 2"
        />
        <path
          d="M9.600 9.900C9.600 8.200 10.600 7.300 12.100 7.300S14.600 8.200 14.600 9.600C14.600 11.400 12.100 11.700 12.100 13.700"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.900"
        />
        <circle cx="12.100" cy="16.600" r="1.200" fill="currentColor" />
      </symbol>
      <symbol id="i-na" viewBox="0 0 24 24">
        <circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" strokeWidth="1.500" />
        <path d="M8 12H16" stroke="currentColor" strokeWidth="2" />
      </symbol>
      <symbol id="i-weak" viewBox="0 0 24 24">
        <circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" strokeWidth="1.75" />
        <path d="M7.4 12.400L10.800 15.800L16.800 9" fill="none" stroke="currentColor" strokeWidth="2" />
      </symbol>
      <symbol id="i-todo" viewBox="0 0 24 24">
        <circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" strokeWidth="1.750" />
      </symbol>
      <symbol id="i-up" viewBox="0 0 24 24">
        <g fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round">
          <path d="M12 16V4.500M7 9L12 4L17 9M4.500 20H19.500" />
        </g>
      </symbol>
      <symbol id="i-down" viewBox="0 0 24 24">
        <g fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round">
          <path d="M12 4V15M7 10.500L12 15.500L17 10.500M4.500 20H19.500" />
        </g>
      </symbol>
      <symbol id="i-print" viewBox="0 0 24 24">
        <g fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round">
          <path d="M7 8V3H17V8M7 17H4V8H20V17H17M7 14H17V21H7Z" />
        </g>
      </symbol>
      <symbol id="i-qr" viewBox="0 0 24 24">
        <g fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round">
          <path d="M4 4H10V10H4ZM14 4H20V10H14ZM4 14H10V20H4ZM14 14H16M20 14V16M14 18V20H17M20 19V20" />
        </g>
      </symbol>
      <symbol id="i-chev" viewBox="0 0 24 24">
        <g fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round">
          <path d="M6 9L12 15L18 9" />
        </g>
      </symbol>
      <symbol id="i-info" viewBox="0 0 24 24">
        <g fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round">
          <circle cx="12" cy="12" r="9.500" />
          <path d="M12 11V17M12 7.300V7.400" />
        </g>
      </symbol>
    </svg>
  );
}
