namespace Selvedge.Server.Streams;

/// <summary>What is known of a reader's right to read by the time the cache is asked: authorisation is over by then.</summary>
/// <param name="IsPrivate">
/// Whether only some may read the stream. It decides nothing about this server's cache, whose every answer was authorised, and everything
/// about the caches in front of it: they are told <c>private</c>.
/// </param>
internal readonly record struct StreamAccess(bool IsPrivate)
{
    /// <summary>Everybody may read.</summary>
    public static StreamAccess Public => default;
}
