namespace Selvedge.Routing.Config;

/// <summary>A route's <c>locale</c>: where to send a client that prefers a language.</summary>
/// <param name="Redirects">Locations by language tag; tags are compared without regard to case.</param>
/// <param name="Cookie">The cookie that states the language outright, such as <c>NEXT_LOCALE</c>.</param>
public sealed record LocaleConfig(IReadOnlyList<KeyValuePair<string, string>> Redirects, string? Cookie);
