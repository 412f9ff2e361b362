using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching.Data;
using Selvedge.Caching.Data.Tags;
using Selvedge.Testing;

namespace Selvedge.Caching.Tests.Data.Tags;

public sealed class TagJournalTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string PathOfJournal => Path.Combine(_directory.Path, "tags");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_AfterAppend_KnowsWhatWasRevalidated()
    {
        var (versions, journal) = Open();
        await journal.AppendAsync(versions.Revalidate(["a", "ü,n"], TagDeadline.AtOnce, now: 0));
        await journal.DisposeAsync();

        var (again, reopened) = Open();
        await reopened.DisposeAsync();

        Assert.Equal(journal.Epoch, reopened.Epoch);
        Assert.Equal(versions.Position, again.Position);
        Assert.Equal(DataState.Expired, again.StateOf(["ü,n"], began: 0, now: 0));
    }

    [Fact]
    public async Task Append_ManyAtOnce_WritesThemAll()
    {
        var (versions, journal) = Open();
        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i => Task.Run(() => journal.AppendAsync(versions.Revalidate([$"t{i}"], TagDeadline.AtOnce, now: 0))))
        );
        await journal.DisposeAsync();

        var (again, reopened) = Open();
        await reopened.DisposeAsync();

        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(DataState.Expired, again.StateOf([$"t{i}"], began: 0, now: 0)));
    }

    [Fact]
    public async Task Append_Endlessly_WritesAnewWhatCounts()
    {
        var (versions, journal) = Open();
        var tag = new string('x', 2000);
        for (var i = 0; i < 1500; i++)
        {
            await journal.AppendAsync(versions.Revalidate([tag], TagDeadline.Never, now: 0));
        }

        await journal.DisposeAsync();

        Assert.InRange(new FileInfo(PathOfJournal).Length, 1, 1100 * 1024);
        var (again, reopened) = Open();
        await reopened.DisposeAsync();
        Assert.Equal(1500, again.Position);
    }

    [Fact]
    public async Task Open_CutAtAnyByte_BeginsAnew()
    {
        var (versions, journal) = Open();
        await journal.AppendAsync(versions.Revalidate(["a"], TagDeadline.AtOnce, now: 0));
        await journal.DisposeAsync();
        var whole = await File.ReadAllBytesAsync(PathOfJournal, TestContext.Current.CancellationToken);
        var records = Records(whole);

        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(PathOfJournal, whole[..length], TestContext.Current.CancellationToken);
            var (_, cut) = Open();
            await cut.DisposeAsync();

            // Between two records nothing shows that there was more; a record is acknowledged when it is on disk, so there was not.
            Assert.Equal(records.Contains(length), cut.Epoch == journal.Epoch);
        }
    }

    [Fact]
    public async Task Open_AnyByteChanged_BeginsAnewOrNamesAnotherEpoch()
    {
        var (versions, journal) = Open();
        await journal.AppendAsync(versions.Revalidate(["a"], TagDeadline.AtOnce, now: 0));
        await journal.DisposeAsync();
        var whole = await File.ReadAllBytesAsync(PathOfJournal, TestContext.Current.CancellationToken);

        for (var i = 0; i < whole.Length; i++)
        {
            // The four bytes between version and epoch are for later.
            if (i is >= 12 and < 16)
            {
                continue;
            }

            var changed = (byte[])whole.Clone();
            changed[i] ^= 0x10;
            await File.WriteAllBytesAsync(PathOfJournal, changed, TestContext.Current.CancellationToken);
            var (_, damaged) = Open();
            await damaged.DisposeAsync();

            Assert.NotEqual(journal.Epoch, damaged.Epoch);
        }
    }

    [Fact]
    public async Task Append_WhenTheDiskRefuses_CompletesAndLeavesNothingToTrust()
    {
        var (versions, journal) = Open();
        var tag = new string('x', 2000);
        await journal.AppendAsync(versions.Revalidate([tag], TagDeadline.AtOnce, now: 0));
        Directory.Delete(_directory.Path, recursive: true);

        // Enough for the journal to be written anew, for which there is no place.
        for (var i = 0; i < 600; i++)
        {
            await journal.AppendAsync(versions.Revalidate([tag], TagDeadline.AtOnce, now: 0));
        }

        Directory.CreateDirectory(_directory.Path);
        await journal.AppendAsync(versions.Revalidate(["late"], TagDeadline.AtOnce, now: 0));
        await journal.DisposeAsync();
        Assert.False(File.Exists(PathOfJournal));
        var (_, again) = Open();
        await again.DisposeAsync();
        Assert.NotEqual(journal.Epoch, again.Epoch);
    }

    private static HashSet<int> Records(byte[] whole)
    {
        const int header = 24;
        var ends = new HashSet<int> { header };
        ReadOnlySpan<byte> rest = whole.AsSpan(header);
        while (TagRecordCodec.TryDecode(ref rest, out _))
        {
            ends.Add(whole.Length - rest.Length);
        }

        return ends;
    }

    private (TagVersions Versions, TagJournal Journal) Open()
    {
        var versions = new TagVersions();
        return (versions, TagJournal.Open(PathOfJournal, versions, now: 0, NullLogger.Instance));
    }
}
