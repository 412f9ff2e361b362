namespace Selvedge.Server.Data;

/// <summary>
/// The fields that the data cache's protocol is made of. Those of the platform are what Next.js 14 and <c>@vercel/functions</c> send;
/// ours carry what theirs have no place for, between this server and its host program. <c>docs/reference/data-cache.md</c> lists them.
/// </summary>
internal static class DataFields
{
    /// <summary>Of an answer: <c>fresh</c> or <c>stale</c>.</summary>
    public const string State = "x-vercel-cache-state";

    /// <summary>Tags, separated by commas: an item's, or those that a reader asks about.</summary>
    public const string Tags = "x-vercel-cache-tags";

    /// <summary>Tags of the path that is rendered; Next.js sends them when it reads.</summary>
    public const string SoftTags = "x-next-cache-soft-tags";

    /// <summary>An item's time to live in seconds, for the runtime cache.</summary>
    public const string Lifetime = "x-vercel-revalidate";

    /// <summary>Tags like those of <see cref="Tags"/>, each percent-encoded, so that they can hold anything.</summary>
    public const string EncodedTags = "x-selvedge-tags";

    /// <summary>Of an answer: where the log of revalidations stood. Of a write: where it stood when the item began to be made.</summary>
    public const string Position = "x-selvedge-position";

    /// <summary>Of an answer: the item's age in milliseconds.</summary>
    public const string Age = "x-selvedge-age";

    /// <summary>Of a question: <c>1</c> if a stale item is of use. Next.js 14 and <c>@vercel/functions</c> would take it for a fresh one, or for none.</summary>
    public const string AcceptStale = "x-selvedge-accept-stale";
}
