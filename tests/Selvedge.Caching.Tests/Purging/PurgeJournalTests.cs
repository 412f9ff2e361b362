using Selvedge.Caching.Purging;
using Selvedge.Testing;

namespace Selvedge.Caching.Tests.Purging;

public sealed class PurgeJournalTests
{
    private static readonly PurgeRecord Purge = new(PurgeScope.Tag, IsSoft: false, 7, "tag");

    [Fact]
    public void Open_OfADamagedJournal_VouchesForNothingUntilItIsRewritten()
    {
        using var directory = new TempDirectory();
        var path = directory.Combine("purges");
        Write(path, [Purge]);
        File.AppendAllText(path, "garbage");

        // Whoever opened it has been killed before all was gone that it spoke of.
        Assert.False(IsWhole(path));
        Assert.False(IsWhole(path));

        Write(path, []);
        Assert.True(IsWhole(path));
    }

    [Fact]
    public void Append_BeforeADamagedJournalIsRewritten_IsRefused()
    {
        using var directory = new TempDirectory();
        using var journal = PurgeJournal.Open(directory.Combine("purges"), out _);

        Assert.Throws<IOException>(() => journal.Append(Purge));
    }

    private static bool IsWhole(string path)
    {
        using var journal = PurgeJournal.Open(path, out var isWhole);
        return isWhole;
    }

    private static void Write(string path, IReadOnlyList<PurgeRecord> records)
    {
        using var journal = PurgeJournal.Open(path, out _);
        journal.Rewrite(records);
    }
}
