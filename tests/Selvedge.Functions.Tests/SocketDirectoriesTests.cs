using Selvedge.Functions.Tests.Support;

namespace Selvedge.Functions.Tests;

/// <summary>What servers that were killed have left behind, and what it is told by.</summary>
public sealed class SocketDirectoriesTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("sw");

    public void Dispose() => _parent.Delete(recursive: true);

    [Fact]
    public async Task Sweep_LeavesADirectoryInUse()
    {
        var used = Path.Combine(_parent.FullName, "s-used");
        await using var host = new TestHost(options => options with { SocketDirectory = used });

        Assert.Equal(0, SocketDirectories.Sweep(_parent.FullName, "s-*"));
        Assert.True(Directory.Exists(used));
    }

    [Fact]
    public void Sweep_RemovesOneWhoseServerIsGone()
    {
        var dead = _parent.CreateSubdirectory("s-dead");
        File.WriteAllText(Path.Combine(dead.FullName, "lock"), "");
        File.WriteAllText(Path.Combine(dead.FullName, "1.http"), "");

        Assert.Equal(1, SocketDirectories.Sweep(_parent.FullName, "s-*"));
        Assert.False(Directory.Exists(dead.FullName));
    }

    [Theory]
    [InlineData("s-unknown", false)]
    [InlineData("other", true)]
    public void Sweep_LeavesWhatIsNotKnownToBeAServers(string name, bool hasLock)
    {
        var directory = _parent.CreateSubdirectory(name);
        File.WriteAllText(Path.Combine(directory.FullName, hasLock ? "lock" : "1.http"), "");

        Assert.Equal(0, SocketDirectories.Sweep(_parent.FullName, "s-*"));
        Assert.True(directory.Exists);
    }

    [Fact]
    public void Sweep_LeavesWhatALinkLeadsTo()
    {
        var target = _parent.CreateSubdirectory("target");
        File.WriteAllText(Path.Combine(target.FullName, "lock"), "");
        Directory.CreateSymbolicLink(Path.Combine(_parent.FullName, "s-link"), target.FullName);

        Assert.Equal(0, SocketDirectories.Sweep(_parent.FullName, "s-*"));
        Assert.True(File.Exists(Path.Combine(target.FullName, "lock")));
    }
}
