using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Selvedge.Caching.Status;
using Selvedge.Caching.Storage;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams.Edge;

/// <summary>An answer's header fields as they are sent, and what of them each client is told for himself; worked out once for all.</summary>
internal sealed class StoredPage
{
    private Tuple<CacheStatus, string>? _told;

    private StoredPage(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var shared = new List<KeyValuePair<string, StringValues>>(fields.Count);
        foreach (var (name, value) in fields)
        {
            switch (name)
            {
                case StreamHeaders.Cursor:
                    Interval = long.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case StreamHeaders.UpToDate:
                    IsUpToDate = true;
                    break;
                case StreamHeaders.NextOffset:
                    NextOffset = value;
                    shared.Add(new(name, value));
                    break;
                case var _ when name == HeaderNames.CacheControl:
                    CacheControl = value;
                    break;
                case var _ when name == HeaderNames.ETag:
                    EntityTag = value;
                    shared.Add(new(name, value));
                    break;
                default:
                    shared.Add(new(name, value));
                    break;
            }
        }

        Shared = [.. shared];
    }

    /// <summary>The fields that are the same for everybody.</summary>
    public KeyValuePair<string, StringValues>[] Shared { get; }

    /// <summary>How others may keep it if everybody may read the stream.</summary>
    public string CacheControl { get; } = StreamAnswer.NoStore;

    /// <summary>The validator, if it has one.</summary>
    public string? EntityTag { get; }

    /// <summary>The cursor interval in which it was made, if it answers a long-poll.</summary>
    public long? Interval { get; }

    /// <summary>Where the reader goes on.</summary>
    public string? NextOffset { get; }

    /// <summary>Whether it reached the tail when it was made.</summary>
    public bool IsUpToDate { get; }

    /// <summary>The text of a status. All who followed one fetch have the same one, and it is written once for them.</summary>
    public string TextOf(CacheStatus status)
    {
        if (_told is { } told && ReferenceEquals(told.Item1, status))
            return told.Item2;
        var text = status.ToString();
        _told = Tuple.Create(status, text);
        return text;
    }

    /// <summary>Of what an origin answers to one client.</summary>
    public static StoredPage Of(IReadOnlyList<KeyValuePair<string, string>> fields) => new(fields);

    /// <summary>Of what the cache holds, worked out at its first use.</summary>
    public static StoredPage Of(StoredResponse stored)
    {
        if (stored.Prepared is StoredPage prepared)
            return prepared;
        // Two first uses at once prepare the same.
        prepared = new StoredPage(stored.Fields);
        stored.Prepared = prepared;
        return prepared;
    }
}
