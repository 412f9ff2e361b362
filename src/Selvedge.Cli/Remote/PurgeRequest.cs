namespace Selvedge.Cli.Remote;

/// <summary>What <c>POST /cache/purge</c> of the admin listener takes.</summary>
/// <param name="Urls">Absolute URLs.</param>
/// <param name="Prefixes">Beginnings of absolute URLs.</param>
/// <param name="Tags">Cache tags.</param>
/// <param name="All">Whether to purge everything.</param>
/// <param name="Soft">Whether what is purged stays as stale.</param>
internal sealed record PurgeRequest(string[] Urls, string[] Prefixes, string[] Tags, bool All, bool Soft);
