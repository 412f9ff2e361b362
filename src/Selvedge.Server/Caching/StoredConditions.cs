using Microsoft.AspNetCore.Http;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Storage;

namespace Selvedge.Server.Caching;

/// <summary>Evaluates a client's conditions against a stored response (RFC 9111 section 4.3.2).</summary>
internal static class StoredConditions
{
    /// <summary>Whether the client has the stored response already.</summary>
    public static bool AreNotModified(IHeaderDictionary request, StoredResponse stored, DateTimeOffset now)
    {
        // If-None-Match takes precedence, even when it does not match (RFC 9110 section 13.2.2).
        if (request.IfNoneMatch.Count > 0)
        {
            return stored.EntityTag is { } tag && EntityTags.Matches(request.IfNoneMatch.ToString(), tag);
        }

        return request.IfModifiedSince.Count == 1
            && HttpDate.Parse(request.IfModifiedSince[0], now) is { } since
            && ModifiedAt(stored, now) is { } modified
            && modified <= since;
    }

    /// <summary>Whether a range may be taken from the stored response: <c>If-Range</c> is absent or names exactly it.</summary>
    public static bool RangeApplies(IHeaderDictionary request, StoredResponse stored, DateTimeOffset now)
    {
        var condition = request.IfRange.ToString();
        if (condition.Length == 0)
        {
            return true;
        }

        return condition.Contains('"', StringComparison.Ordinal)
            ? stored.EntityTag is { } tag && EntityTags.AreSame(condition, tag)
            : HttpDate.Parse(condition, now) is { } date && date == HttpDate.Parse(stored.LastModified, now);
    }

    // A response that does not say when it was modified was not modified after it was sent.
    private static DateTimeOffset? ModifiedAt(StoredResponse stored, DateTimeOffset now) =>
        HttpDate.Parse(stored.LastModified, now) ?? HttpDate.Parse(FieldLines.Combined(stored.Fields, "date"), now);
}
