using Selvedge.Server.Admission;

namespace Selvedge.Server.Images;

/// <summary>What a page asks of <c>/_next/image</c> or <c>/_vercel/image</c>.</summary>
/// <param name="Refusal">Why it does not get it; the rest is only set if it does.</param>
/// <param name="Local">The image's path and query on this site, or <see langword="null"/>.</param>
/// <param name="Remote">The image's URL elsewhere, or <see langword="null"/>.</param>
internal readonly record struct ImageRequest(ImageRefusal Refusal, RequestTarget? Local = null, Uri? Remote = null);
