namespace Selvedge.Server.Configuration;

/// <summary>The listener for those who run the server. It is off unless it has an address.</summary>
public sealed record AdminOptions
{
    /// <summary>The addresses to listen on, separated by semicolons; keep them off the internet. Empty, the default, is off.</summary>
    public string Urls { get; init; } = "";

    /// <summary>What a caller must present as <c>Authorization: Bearer …</c>: at least 16 characters. There is no default.</summary>
    public string Token { get; init; } = "";
}
