using Selvedge.Caching.Data;
using Selvedge.Caching.Data.Tags;

namespace Selvedge.Caching.Tests.Data.Tags;

public sealed class TagVersionsTests
{
    [Fact]
    public void StateOf_SeveralTags_IsTheWorst()
    {
        var versions = new TagVersions();
        versions.Revalidate(["soft"], TagDeadline.Never, now: 0);
        versions.Revalidate(["hard"], TagDeadline.AtOnce, now: 0);

        Assert.Equal(DataState.Fresh, versions.StateOf(["none"], began: 0, now: 0));
        Assert.Equal(DataState.Stale, versions.StateOf(["none", "soft"], began: 0, now: 0));
        Assert.Equal(DataState.Expired, versions.StateOf(["soft", "hard"], began: 0, now: 0));
    }

    [Fact]
    public void StateOf_WhatBeganAtThePosition_IsFresh()
    {
        var versions = new TagVersions();
        versions.Revalidate(["a"], TagDeadline.AtOnce, now: 0);

        Assert.Equal(DataState.Fresh, versions.StateOf(["a"], versions.Position, now: 0));
    }

    [Fact]
    public void Revalidate_MoreTagsThanKept_ExpiresWhatBeganBeforeTheForgotten()
    {
        var versions = new TagVersions(maxTags: 10);
        for (var i = 0; i <= 10; i++)
        {
            versions.Revalidate([$"tag{i}"], TagDeadline.Never, now: 0);
        }

        Assert.Equal(DataState.Expired, versions.StateOf(["other"], began: 5, now: 0));
        Assert.Equal(DataState.Fresh, versions.StateOf(["other"], began: 6, now: 0));
        Assert.Equal(DataState.Stale, versions.StateOf(["tag10"], began: 6, now: 0));
    }

    [Fact]
    public void Snapshot_Restored_JudgesAlike()
    {
        var random = new Random(7);
        var versions = new TagVersions(maxTags: 20);
        for (var i = 0; i < 200; i++)
        {
            var at = random.Next(3) switch
            {
                0 => TagDeadline.AtOnce,
                1 => TagDeadline.Never,
                _ => random.Next(1000),
            };
            versions.Revalidate([$"t{random.Next(30)}", $"t{random.Next(30)}"], at, now: i);
        }

        var restored = new TagVersions(maxTags: 20);
        foreach (var record in versions.Snapshot())
        {
            restored.Restore(record, now: 200);
        }

        Assert.Equal(versions.Position, restored.Position);
        for (var i = 0; i < 2000; i++)
        {
            var (tag, began, now) = ($"t{random.Next(30)}", random.Next(201), random.Next(200, 1200));
            Assert.Equal(versions.StateOf([tag], began, now), restored.StateOf([tag], began, now));
        }
    }
}
