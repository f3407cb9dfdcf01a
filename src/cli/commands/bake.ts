import { bakeCredential } from '../../core/baking/bake.ts';
import { renderFinding } from '../../core/catalogue/render.ts';
import { defineCommand } from '../command.ts';
import { exitCode, Misuse } from '../exit-code.ts';
import { readBytes } from '../read-files.ts';
import { writeWhole } from '../write-file.ts';
