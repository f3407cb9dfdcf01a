/** Let the person choose one file. Nothing happens when they do not. */
export function chooseFile(accept: string, chosen: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file !== undefined) chosen(file);
  });
  input.click();
}
