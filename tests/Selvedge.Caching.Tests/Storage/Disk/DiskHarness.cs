using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching.Storage.Disk;
using Selvedge.Testing;

namespace Selvedge.Caching.Tests.Storage.Disk;

/// <summary>A store in a directory of its own, that can be opened again as after a restart.</summary>
internal sealed class DiskHarness : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly DiskStoreOptions _options;

    public DiskHarness(long maxBytes = 64 * 1024 * 1024, bool durable = false, IDiskFiles? files = null)
    {
        _options = new DiskStoreOptions
        {
            Directory = Root,
            MaxBytes = maxBytes,
            Durable = durable,
        };
        Files = files ?? new DiskFiles();
        Store = Open();
    }

    public string Root => _directory.Combine("store");

    public ManualClock Clock { get; } = new();

    public IDiskFiles Files { get; }

    public DiskStore Store { get; private set; }

    public IEnumerable<string> FilesOnDisk =>
        Directory
            .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) is not ("lock" or "state"))
            .Order(StringComparer.Ordinal);

    public DiskStore Open() => DiskStore.Open(_options, Clock, NullLoggerFactory.Instance, Files);

    public void Reopen()
    {
        Store.Dispose();
        Store = Open();
    }

    public Task<bool> PutAsync(string key, string head, string body) => PutAsync(key, head, Encoding.UTF8.GetBytes(body));

    public async Task<bool> PutAsync(string key, string head, byte[] body)
    {
        await using var write = Store.BeginWrite(key);
        await write.WriteAsync(body);
        return await write.CommitAsync(Encoding.UTF8.GetBytes(head));
    }

    /// <summary>Head and body of an entry; <see langword="null"/> if there is none.</summary>
    public async Task<(string Head, byte[] Body)?> GetAsync(string key)
    {
        using var entry = await Store.FindAsync(key, CancellationToken.None);
        return entry is null ? null : (Encoding.UTF8.GetString(entry.Head.Span), await BytesAsync(entry));
    }

    public async Task<string?> BodyAsync(string key) =>
        await GetAsync(key) is { } found ? Encoding.UTF8.GetString(found.Body) : null;

    public static async Task<byte[]> BytesAsync(DiskEntry entry)
    {
        await using var body = entry.OpenBody();
        var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>Bytes of which no two neighbourhoods are alike.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public void Dispose()
    {
        Store.Dispose();
        _directory.Dispose();
    }
}
