using System.Text;
using Selvedge.Caching.Policy;
using Selvedge.Caching.Storage;
using Selvedge.Prerender.Entries;

namespace Selvedge.Prerender.Persistence;

/// <summary>The form of an entry's head on disk. It has a version; another one is not read, and the page is rendered anew.</summary>
internal static class EntryCodec
{
    private const byte Version = 1;

    /// <summary>Writes a head.</summary>
    public static byte[] Encode(PrerenderEntry entry)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(entry.BeganAt);
        writer.Write(entry.RenderedAt.UtcTicks);
        writer.Write(entry.Expiration?.Ticks ?? -1);
        writer.Write(entry.StaleExpiration?.Ticks ?? -1);
        writer.Write(entry.Status);
        writer.Write(entry.PurgeKey);
        writer.Write7BitEncodedInt(entry.Fields.Count);
        foreach (var (name, value) in entry.Fields)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write7BitEncodedInt(entry.Tags.Count);
        foreach (var tag in entry.Tags)
        {
            writer.Write(tag);
        }

        writer.Write7BitEncodedInt(entry.Postponed is { } postponed ? postponed.Length + 1 : 0);
        writer.Write((entry.Postponed ?? default).Span);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads a head.</summary>
    /// <param name="head">The bytes, which the store has checked.</param>
    /// <param name="body">The entry's body.</param>
    /// <param name="latest">The position at which an earlier run can have begun a render at the latest.</param>
    /// <param name="clock">The clock.</param>
    /// <returns><see langword="null"/> if it is of another version.</returns>
    public static PrerenderEntry? Decode(ReadOnlyMemory<byte> head, ResponseBody body, long latest, TimeProvider clock)
    {
        using var reader = new BinaryReader(new MemoryStream(head.ToArray(), writable: false), Encoding.UTF8);
        if (reader.ReadByte() != Version)
        {
            return null;
        }

        var beganAt = reader.ReadInt64();
        var renderedAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var expiration = Duration(reader.ReadInt64());
        var staleExpiration = Duration(reader.ReadInt64());
        var status = reader.ReadInt32();
        var purgeKey = reader.ReadString();
        var fields = new KeyValuePair<string, string>[reader.Read7BitEncodedInt()];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = new(reader.ReadString(), reader.ReadString());
        }

        var tags = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = reader.ReadString();
        }

        // Zero says that there is none, which an empty one would not.
        var postponed = reader.Read7BitEncodedInt() is var length and > 0 ? reader.ReadBytes(length - 1) : null;
        return new PrerenderEntry
        {
            Status = status,
            Fields = fields,
            Body = body,
            // Time in which no server ran counts too.
            Freshness = EntryFactory.FreshnessOf(expiration, clock.GetUtcNow() - renderedAt),
            Variance = Variance.None,
            Target = "",
            Tags = tags,
            // A later one is of a log that is lost: nobody can say what was purged since.
            BeganAt = beganAt <= latest ? beganAt : 0,
            ReceivedAt = clock.GetTimestamp(),
            Source = EntrySource.Rendered,
            Expiration = expiration,
            StaleExpiration = staleExpiration,
            RenderedAt = renderedAt,
            Postponed = postponed is null ? default(ReadOnlyMemory<byte>?) : postponed,
            PurgeKey = purgeKey,
        };
    }

    private static TimeSpan? Duration(long ticks) => ticks < 0 ? null : TimeSpan.FromTicks(ticks);
}
