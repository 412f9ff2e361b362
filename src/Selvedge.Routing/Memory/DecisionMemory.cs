using System.Collections.Concurrent;

namespace Selvedge.Routing.Memory;

/// <summary>Remembers decisions, so that a repeated request costs a lookup and not a hundred patterns.</summary>
/// <remarks>
/// A decision is remembered under exactly the inputs that were consulted on the way to it. Routing is a function of those: whoever has the same
/// inputs would consult the same ones and be decided alike.
/// <para>
/// Two generations bound it. When the young one is full it becomes the old one, and the old one is dropped; what is recalled from the old
/// one is young again. That is nearly least-recently-used, and recalling takes no lock.
/// </para>
/// </remarks>
/// <param name="size">How many decisions to remember, about.</param>
internal sealed class DecisionMemory(int size)
{
    // Requests for one path differ in a few headers; those that differ in more are not repeated requests.
    private const int MaxVariants = 8;
    private const int MaxKeyLength = 2048;

    private readonly int _generationSize = Math.Max(1, size / 2);
    private readonly Lock _turning = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>What was decided for such a request; <see langword="null"/> if that is not known.</summary>
    public Recollection? Recall(RouteRequest request)
    {
        var key = new MemoryKey(request.Method, request.Path, request.Query);
        if (_young.Find(key, request) is { } known)
            return known;
        if (_old.Find(key, request) is not { } aged)
            return null;

        Add(key, aged);
        return aged;
    }

    /// <summary>Remembers a decision, unless it is too large to.</summary>
    public void Remember(RouteRequest request, IReadOnlyList<Input> inputs, RouteDecision decision)
    {
        if (request.Path.Length + request.Query.Length <= MaxKeyLength)
            Add(new MemoryKey(request.Method, request.Path, request.Query), new Recollection([.. inputs], decision));
    }

    private void Add(MemoryKey key, Recollection recollection)
    {
        var young = _young;
        young.Add(key, recollection);
        if (young.Count < _generationSize)
            return;

        lock (_turning)
        {
            // Another request may have turned it already.
            if (!ReferenceEquals(_young, young))
                return;
            _old = young;
            _young = new Generation();
        }
    }

    /// <summary>Decisions by key; those of one key differ in their inputs.</summary>
    private sealed class Generation
    {
        private readonly ConcurrentDictionary<MemoryKey, Recollection[]> _recollections = new();
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Recollection? Find(MemoryKey key, RouteRequest request)
        {
            if (!_recollections.TryGetValue(key, out var variants))
                return null;
            foreach (var variant in variants)
            {
                if (variant.Fits(request.Host, request.Headers))
                    return variant;
            }

            return null;
        }

        public void Add(MemoryKey key, Recollection recollection)
        {
            _recollections.AddOrUpdate(
                key,
                static (_, added) => [added],
                // The newest comes first; past the bound the oldest goes.
                static (_, variants, added) => [added, .. variants.Take(MaxVariants - 1)],
                recollection
            );
            Interlocked.Increment(ref _count);
        }
    }
}
