using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Selvedge.Server.Static;

/// <summary>Evaluates conditional requests for a file that exists, for GET and HEAD.</summary>
internal static class Preconditions
{
    /// <summary>Decides in the order that RFC 9110 section 13.2.2 fixes: entity tags win over dates.</summary>
    public static Precondition Evaluate(RequestHeaders request, EntityTagHeaderValue etag, DateTimeOffset lastModified)
    {
        if (request.IfMatch is { Count: > 0 } ifMatch)
        {
            if (!ifMatch.Any(candidate => Matches(candidate, etag, strong: true)))
            {
                return Precondition.Failed;
            }
        }
        else if (request.IfUnmodifiedSince is { } unmodifiedSince && lastModified > unmodifiedSince)
        {
            return Precondition.Failed;
        }

        if (request.IfNoneMatch is { Count: > 0 } ifNoneMatch)
        {
            return ifNoneMatch.Any(candidate => Matches(candidate, etag, strong: false))
                ? Precondition.NotModified
                : Precondition.Proceed;
        }

        return request.IfModifiedSince is { } modifiedSince && lastModified <= modifiedSince
            ? Precondition.NotModified
            : Precondition.Proceed;
    }

    /// <summary>Whether a range may be sent: <c>If-Range</c> is absent or names this very representation (section 13.1.5).</summary>
    public static bool RangeApplies(RequestHeaders request, EntityTagHeaderValue etag, DateTimeOffset lastModified)
    {
        var condition = request.IfRange;
        return condition switch
        {
            null => true,
            { EntityTag: { } tag } => Matches(tag, etag, strong: true),
            // A date counts only if it is exactly the file's.
            { LastModified: { } date } => date == lastModified,
            _ => false,
        };
    }

    private static bool Matches(EntityTagHeaderValue candidate, EntityTagHeaderValue current, bool strong) =>
        candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(current, useStrongComparison: strong);
}
