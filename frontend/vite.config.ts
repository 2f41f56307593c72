// Builds one self-contained script a run: `--mode fourfold`, `chart` or `map`.
// Names stay fixed because Django's static files storage adds the hash, and a
// script without shared chunks needs no rewriting of its imports.
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const OUT = "../src/fourfold_web/base/static/fourfold";
const MAPLIBRE = "node_modules/maplibre-gl/dist";
const MOJ_IMAGES = "node_modules/@ministryofjustice/frontend/moj/assets/images";

/** Copy the icons that the styles name; crests, logotypes and crowns stay out. */
function icons(): Plugin {
  return {
    name: "fourfold-icons",
    writeBundle() {
      mkdirSync(`${OUT}/images`, { recursive: true });
      for (const file of readdirSync(MOJ_IMAGES)) {
        if (file.startsWith("icon-") && file.endsWith(".svg")) {
          copyFileSync(`${MOJ_IMAGES}/${file}`, `${OUT}/images/${file}`);
        }
      }
      for (const file of readdirSync("src/images")) {
        copyFileSync(`src/images/${file}`, `${OUT}/images/${file}`);
      }
    },
  };
}

/** Copy what a map fetches: its worker, its own styles and the ground under it. */
function mapParts(): Plugin {
  return {
    name: "fourfold-map-parts",
    writeBundle() {
      mkdirSync(`${OUT}/ground`, { recursive: true });
      for (const file of readdirSync("src/ground")) {
        copyFileSync(`src/ground/${file}`, `${OUT}/ground/${file}`);
      }
      copyFileSync(`${MAPLIBRE}/maplibre-gl-worker.mjs`, `${OUT}/map-worker.js`);
      copyFileSync(`${MAPLIBRE}/maplibre-gl.css`, `${OUT}/map.css`);
    },
  };
}

export default defineConfig(({ mode }) => ({
  base: "./",
  publicDir: false,
  plugins: mode === "map" ? [mapParts()] : [icons()],
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    outDir: OUT,
    emptyOutDir: false,
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
    lib: {
      entry: `src/scripts/${mode}.ts`,
      formats: ["es"],
      fileName: () => `${mode}.js`,
    },
  },
}));
