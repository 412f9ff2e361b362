namespace Selvedge.Caching.Fields;

/// <summary>The directive names both spellings of cache control share.</summary>
internal static class DirectiveName
{
    public const string MaxAge = "max-age";
    public const string SharedMaxAge = "s-maxage";
    public const string StaleWhileRevalidate = "stale-while-revalidate";
    public const string StaleIfError = "stale-if-error";
    public const string MaxStale = "max-stale";
    public const string MinFresh = "min-fresh";
    public const string NoStore = "no-store";
    public const string NoCache = "no-cache";
    public const string Private = "private";
    public const string Public = "public";
    public const string MustRevalidate = "must-revalidate";
    public const string ProxyRevalidate = "proxy-revalidate";
    public const string MustUnderstand = "must-understand";
    public const string OnlyIfCached = "only-if-cached";
}
