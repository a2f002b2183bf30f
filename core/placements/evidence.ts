/** The sources of the placements' numbers, named once. The day is when they were read. */
import type { Bound, Evidence } from './schema.ts';

const CHECKED = '2026-11-21';

function source(confidence: Evidence['confidence'], name: string): Evidence {
  return { source: name, confidence, checked: CHECKED };
}

/** Sources by name. */
export const SOURCES = {
  tiktokAds: source('official', 'TikTok Ads help, article 10002742'),
  adsights: source('third-party', 'adsights.ai, March 2026'),
  metaTools: source('third-party', 'get-ryze, rayoscms and noedos on Meta video specifications'),
  metaLength: source('third-party', 'reports of up to 60 minutes for Stories, 2026'),
  youtubeUpload: source('official', 'YouTube Help 1722171, recommended upload settings'),
  youtubeFormats: source('third-party', 'collected YouTube ad format guides'),
  youtubeLonger: source('third-party', 'reports of 30 and 60 second slots, 2026'),
  googleAssets: source('official', 'Google Ads Help 13676244 and 17140777'),
  googleTemplates: source('third-party', 'Google ad templates as measured by open-source safe-zone tools'),
  dv360: source('official', 'Display & Video 360 Help 3129957'),
  amazonSponsored: source('third-party', 'sellermetrics on Sponsored Brands video'),
  amazonSponsoredNumbers: source('unconfirmed', 'common knowledge about Sponsored Brands video'),
  amazonRejections: source('third-party', 'adyogi on rejected Amazon video adverts'),
  amazonPolicy: source('official', 'Amazon Ads creative policy'),
  amazonDsp: source('official', 'advertising.amazon.com, online video'),
  amazonTv: source('official', 'advertising.amazon.com, Streaming TV'),
  linkedin: source('official', 'LinkedIn Help a424737'),
  linkedinPartners: source('third-party', 'LinkedIn marketing partners: up to 30 frames per second'),
  pinterest: source('official', 'Pinterest Help, video specifications'),
  snapchat: source('third-party', 'odysseymedia, sweply and audiencex on Snapchat adverts'),
  snapchatPdf: source('third-party', 'Snapchat PDF of 2017'),
  tiktokTemplate: source('third-party', 'TikTok in-feed template, read independently by two open-source tools'),
  metaZone: source('third-party', 'Meta’s text of March 2026, quoted by two tools'),
  shortsZone: source('third-party', 'Google’s “10 / 25 / right 10 %” as quoted'),
  intersection: source('third-party', 'intersection of the TikTok in-feed and Google vertical templates'),
  studio: source('own', 'AdGen Studio: our own choice'),
  loudnessMeasured: source('own', 'AdGen Studio: no target is published; −14 LUFS suits every player'),
} as const;

/** A number with its source. */
export function bound(value: number, evidence: Evidence): Bound {
  return { value, ...evidence };
}
