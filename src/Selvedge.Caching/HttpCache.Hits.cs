using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Purging;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;

namespace Selvedge.Caching;

public sealed partial class HttpCache
{
    /// <summary>
    /// The short way to a hit: finds the response for a GET without body, credentials, conditions, ranges and cache directives, if it is in
    /// memory, fresh, and whole in one piece. Waits for nothing and asks nobody. Whoever sends it says so (<see cref="Sent"/>).
    /// </summary>
    /// <param name="key">As in <see cref="CacheRequest.Key"/>.</param>
    /// <param name="target">As in <see cref="CacheRequest.Target"/>.</param>
    /// <param name="fields">The request's fields, which choose among variants.</param>
    /// <param name="age">How old the response is.</param>
    /// <returns>
    /// <see langword="null"/> if there is no such response; <see cref="AnswerAsync"/> knows what answers instead.
    /// </returns>
    public StoredResponse? FindFresh(string key, string target, IRequestFields fields, out TimeSpan age)
    {
        age = default;
        if (
            _store.Find(key, target, fields, out _) is not { Body.InOnePiece: not null } response
            || _purges.StateOf(key, response.Tags, response.BeganAt) is not PurgeKind.None
        )
        {
            return null;
        }

        age = response.AgeAt(_clock);
        return HttpPolicy.Judge(response.Freshness, age, CacheDirectives.None) is Reuse.Fresh ? response : null;
    }

    /// <summary>Counts what <see cref="FindFresh"/> has found as a hit.</summary>
    public void Sent(string key, StoredResponse response)
    {
        OfferToDisk(key, response);
        _metrics.Answered(CacheVerdict.Hit, collapsed: false);
    }
}
