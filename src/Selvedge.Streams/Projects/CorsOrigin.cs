namespace Selvedge.Streams.Projects;

/// <summary>The origins that browsers name (RFC 6454, section 6.1).</summary>
public static class CorsOrigin
{
    /// <summary>Stands for every origin.</summary>
    public const string Any = "*";

    private const int MaxLength = 300;

    /// <summary>Whether a text is an origin as browsers send it, such as <c>https://app.example</c>, or <c>*</c>.</summary>
    public static bool IsOne(string? text) =>
        text is Any
        || (
            text?.Length <= MaxLength
            && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Host.Length > 0
            && uri.UserInfo.Length == 0
            && text.Equals($"{uri.Scheme}://{uri.Authority}", StringComparison.OrdinalIgnoreCase)
        );
}
