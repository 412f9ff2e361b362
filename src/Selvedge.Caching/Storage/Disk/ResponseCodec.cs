using System.Text;
using Selvedge.Caching.Policy;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>Writes everything of a stored response but its body, and reads it again in a later run.</summary>
/// <remarks>Time rested is told by the wall clock here: the monotonic one begins anew with every run.</remarks>
internal static class ResponseCodec
{
    /// <summary>The first byte of a head: what it is, and in which format.</summary>
    public const byte Kind = 3;

    public static byte[] Encode(StoredResponse response, TimeProvider clock)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Kind);
        writer.Write(response.Status);
        writer.Write(response.BeganAt);
        writer.Write((clock.GetUtcNow() - clock.GetElapsedTime(response.ReceivedAt)).UtcTicks);
        writer.Write(response.Target);
        Write(writer, response.Freshness);
        Write(writer, response.Variance);
        writer.Write(response.Tags.Count);
        foreach (var tag in response.Tags)
        {
            writer.Write(tag);
        }

        writer.Write(response.Fields.Count);
        foreach (var (name, value) in response.Fields)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads a response.</summary>
    /// <returns><see langword="null"/> if it is of another format, or was received after now: a clock has been set back.</returns>
    public static StoredResponse? Decode(ReadOnlyMemory<byte> head, ResponseBody body, TimeProvider clock)
    {
        using var reader = new BinaryReader(new MemoryStream(head.ToArray(), writable: false), Encoding.UTF8);
        try
        {
            if (reader.ReadByte() != Kind)
            {
                return null;
            }

            var status = reader.ReadInt32();
            var beganAt = reader.ReadInt64();
            var rested = clock.GetUtcNow() - new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
            return rested < TimeSpan.Zero
                ? null
                : new StoredResponse
                {
                    Status = status,
                    BeganAt = beganAt,
                    ReceivedAt = clock.GetTimestamp() - (long)(rested.TotalSeconds * clock.TimestampFrequency),
                    Target = reader.ReadString(),
                    Freshness = ReadFreshness(reader),
                    Variance = ReadVariance(reader),
                    Tags = ReadList(reader, source => source.ReadString()),
                    Fields = ReadList(
                        reader,
                        source => new KeyValuePair<string, string>(source.ReadString(), source.ReadString())
                    ),
                    Body = body,
                };
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or FormatException)
        {
            // The checksum was right, so another version of this program wrote it.
            return null;
        }
    }

    private static void Write(BinaryWriter writer, Freshness freshness)
    {
        writer.Write(freshness.Lifetime.Ticks);
        writer.Write(freshness.InitialAge.Ticks);
        writer.Write(freshness.StaleWhileRevalidate.Ticks);
        writer.Write(freshness.StaleIfError.Ticks);
        writer.Write(freshness.StaleIfUnreachable.Ticks);
        writer.Write(freshness.AlwaysValidate);
        writer.Write(freshness.MayBeStale);
        writer.Write(freshness.AnswersCredentials);
    }

    private static Freshness ReadFreshness(BinaryReader reader) =>
        new()
        {
            Lifetime = new TimeSpan(reader.ReadInt64()),
            InitialAge = new TimeSpan(reader.ReadInt64()),
            StaleWhileRevalidate = new TimeSpan(reader.ReadInt64()),
            StaleIfError = new TimeSpan(reader.ReadInt64()),
            StaleIfUnreachable = new TimeSpan(reader.ReadInt64()),
            AlwaysValidate = reader.ReadBoolean(),
            MayBeStale = reader.ReadBoolean(),
            AnswersCredentials = reader.ReadBoolean(),
        };

    private static void Write(BinaryWriter writer, Variance variance)
    {
        var (names, values, language) = variance.Parts;
        writer.Write(names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            writer.Write(names[i]);
            Write(writer, values[i]);
        }

        Write(writer, language);
    }

    private static Variance ReadVariance(BinaryReader reader)
    {
        var parts = ReadList(reader, source => (Name: source.ReadString(), Value: ReadText(source)));
        return Variance.FromParts(
            Array.ConvertAll(parts, part => part.Name),
            Array.ConvertAll(parts, part => part.Value),
            ReadText(reader)
        );
    }

    private static T[] ReadList<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(reader);
        }

        return items;
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
