using System.Security.Cryptography;
using System.Text;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;

namespace Selvedge.Caching.Storage.Disk;

/// <summary>
/// Stands in the place of a resource that has several responses, and says by which request fields each target's responses are told
/// apart.
/// </summary>
/// <remarks>
/// The responses lie under keys of their own, which hold the map's generation: with the map all of them are out of reach, and a
/// later map does not find them again. Orphans are evicted in time.
/// </remarks>
internal sealed class VariantMap
{
    /// <summary>The first byte of a head.</summary>
    public const byte Kind = 2;

    // More ways to vary than this are an origin's mistake: the map begins anew.
    private const int MaxWays = 16;

    private readonly List<(string Target, string[] Names)> _ways = [];

    private VariantMap(string generation) => Generation = generation;

    public string Generation { get; }

    public static VariantMap New() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    /// <summary>The key of a response.</summary>
    public string KeyOf(string key, StoredResponse response) => Compose(key, response.Target, response.Variance.Key);

    /// <summary>The keys under which a request's response may lie, the latest way to vary first.</summary>
    public IEnumerable<string> KeysFor(string key, string target, IRequestFields request)
    {
        for (var i = _ways.Count - 1; i >= 0; i--)
        {
            if (string.Equals(_ways[i].Target, target, StringComparison.Ordinal))
            {
                yield return Compose(key, target, Variance.KeyOf(_ways[i].Names, request));
            }
        }
    }

    /// <summary>The map that knows a response's way to vary too.</summary>
    /// <returns>This one if it knows it already.</returns>
    public VariantMap With(StoredResponse response)
    {
        var names = response.Variance.Names;
        if (_ways.Exists(way => way.Target == response.Target && way.Names.AsSpan().SequenceEqual([.. names])))
        {
            return this;
        }

        var map = _ways.Count < MaxWays ? new VariantMap(Generation) : New();
        if (_ways.Count < MaxWays)
        {
            map._ways.AddRange(_ways);
        }

        map._ways.Add((response.Target, [.. names]));
        return map;
    }

    public byte[] Encode()
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Kind);
        writer.Write(Generation);
        writer.Write(_ways.Count);
        foreach (var (target, names) in _ways)
        {
            writer.Write(target);
            writer.Write(names.Length);
            foreach (var name in names)
            {
                writer.Write(name);
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads a map; <see langword="null"/> if the head is something else.</summary>
    public static VariantMap? TryDecode(ReadOnlyMemory<byte> head)
    {
        if (head.Length == 0 || head.Span[0] != Kind)
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(head.ToArray(), writable: false), Encoding.UTF8);
        reader.ReadByte();
        var map = new VariantMap(reader.ReadString());
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var target = reader.ReadString();
            var names = new string[reader.ReadInt32()];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = reader.ReadString();
            }

            map._ways.Add((target, names));
        }

        return map;
    }

    private string Compose(string key, string target, string variant) => $"{key}\n{Generation}\n{target}\n{variant}";
}
