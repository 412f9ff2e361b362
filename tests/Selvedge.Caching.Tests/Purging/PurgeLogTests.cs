using Selvedge.Caching.Purging;

namespace Selvedge.Caching.Tests.Purging;

public sealed class PurgeLogTests
{
    [Fact]
    public void StateOf_ATagPurgedAfterwards_IsPurgedAndOthersAreNot()
    {
        var log = new PurgeLog();
        var before = log.Position;

        log.PurgeTag("a", soft: false);

        Assert.Equal(PurgeKind.Hard, log.StateOf("k", ["b", "a"], before));
        Assert.Equal(PurgeKind.None, log.StateOf("k", ["b"], before));
        Assert.Equal(PurgeKind.None, log.StateOf("k", ["a"], log.Position));
        Assert.Equal(PurgeKind.None, log.StateOf("k", ["A"], before));
    }

    [Fact]
    public void StateOf_SoftThenHard_IsHard()
    {
        var log = new PurgeLog();

        log.PurgeTag("a", soft: true);
        Assert.Equal(PurgeKind.Soft, log.StateOf("k", ["a"], 0));
        log.PurgeAll(soft: false);

        Assert.Equal(PurgeKind.Hard, log.StateOf("k", ["a"], 0));
    }

    [Fact]
    public void StateOf_APrefixPurged_CoversKeysThatBeginWithIt()
    {
        var log = new PurgeLog();
        log.PurgePrefix("/blog/", soft: true);

        Assert.Equal(PurgeKind.Soft, log.StateOf("/blog/1", [], 0));
        Assert.Equal(PurgeKind.None, log.StateOf("/blog", [], 0));
    }

    [Fact]
    public void StateOf_MorePurgesThanAreRemembered_CountsTheForgottenAsPurged()
    {
        var log = new PurgeLog();
        log.PurgePrefix("/first", soft: false);
        for (var i = 0; i < 1000; i++)
        {
            log.PurgePrefix($"/{i}/", soft: false);
        }

        Assert.Equal(PurgeKind.Hard, log.StateOf("/first", [], 0));
        Assert.Equal(PurgeKind.None, log.StateOf("/first", [], log.Position));
    }
}
