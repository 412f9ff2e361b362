using Selvedge.Caching.Origins;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Storage;
using Selvedge.Prerender.Policy;

namespace Selvedge.Prerender.Entries;

/// <summary>Makes entries of what functions answer.</summary>
internal static class EntryFactory
{
    /// <summary>Describes an answer, whose body may still be arriving.</summary>
    /// <param name="request">What it answers.</param>
    /// <param name="reply">The answer.</param>
    /// <param name="judgement">How long it lives.</param>
    /// <param name="body">Where its body goes.</param>
    /// <param name="beganAt">The purge log's position when its render began.</param>
    /// <param name="renderedAt">When its render began.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="postponed">The state that completes it, if it is a shell.</param>
    public static PrerenderEntry Describe(
        PrerenderRequest request,
        OriginReply reply,
        RenderJudgement judgement,
        ResponseBody body,
        long beganAt,
        DateTimeOffset renderedAt,
        TimeProvider clock,
        ReadOnlyMemory<byte>? postponed = null
    ) =>
        new()
        {
            Status = reply.Status,
            Fields = FieldsOf(reply.Fields),
            Body = body,
            Freshness = FreshnessOf(judgement.Expiration, age: TimeSpan.Zero),
            Variance = Variance.None,
            Target = "",
            Tags = EntryTags.Of(reply.Fields, request.Key),
            BeganAt = beganAt,
            ReceivedAt = clock.GetTimestamp(),
            Source = EntrySource.Rendered,
            Expiration = judgement.Expiration,
            StaleExpiration = judgement.StaleExpiration,
            RenderedAt = renderedAt,
            Postponed = postponed,
            PurgeKey = PurgeKeyOf(request),
        };

    /// <summary>How the store and <c>Cache-Status</c> see an entry's life.</summary>
    public static Freshness FreshnessOf(TimeSpan? expiration, TimeSpan age) =>
        new() { Lifetime = expiration ?? TimeSpan.MaxValue, InitialAge = age < TimeSpan.Zero ? TimeSpan.Zero : age };

    /// <summary>The URL by which purges name a request's entry.</summary>
    public static string PurgeKeyOf(PrerenderRequest request) =>
        $"{request.Site.Revision} {request.Scene.Scheme}://{request.Scene.Authority}{request.Scene.ClientPath}";

    // The length is said anew with each answer. Next.js says where a redirect leads twice.
    private static List<KeyValuePair<string, string>> FieldsOf(IReadOnlyList<KeyValuePair<string, string>> fields) =>
        [
            .. fields
                .Where(field => !field.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase))
                .DistinctBy(field =>
                    field.Key.Equals("location", StringComparison.OrdinalIgnoreCase) ? "location" : (object)field
                ),
        ];
}
