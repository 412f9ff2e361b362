namespace Selvedge.Cli.Remote;

/// <summary>A page of <c>GET /streams</c> of the admin listener.</summary>
/// <param name="Streams">The streams, in the order of their names.</param>
/// <param name="Next">What the next page begins after; <see langword="null"/> on the last one.</param>
internal sealed record StreamListPage(IReadOnlyList<ListedStream> Streams, string? Next);
