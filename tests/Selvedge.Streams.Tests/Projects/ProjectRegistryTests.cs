using Selvedge.Streams.Access;
using Selvedge.Streams.Projects;
using Selvedge.Testing;

namespace Selvedge.Streams.Tests.Projects;

public sealed class ProjectRegistryTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
    private static readonly string Secret = new('s', 40);

    private readonly TempDirectory _directory = new();

    private string File => _directory.Combine("projects.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Create_NewProject_OutlivesTheProcess()
    {
        var registry = ProjectRegistry.Open(_directory.Path);
        Assert.Equal(ProjectOutcome.Done, registry.Create(new Project("shop") { CreatedAt = Now, IsPublic = true }));
        Assert.Equal(ProjectOutcome.Done, registry.Change("shop", project => ProjectChanges.AddSecret(project, Secret, 8, Now)));
        Assert.Equal(
            ProjectOutcome.Done,
            registry.Change("shop", project => ProjectChanges.SetOrigins(project, ["https://app.example"]))
        );
        var before = registry.Find("shop")!;

        var after = ProjectRegistry.Open(_directory.Path).Find("shop")!;

        Assert.Equal((true, Now), (after.IsPublic, after.CreatedAt));
        Assert.Equal(["https://app.example"], after.CorsOrigins);
        Assert.Equal(before.Secrets[0].Id, after.Secrets[0].Id);
        var token = TokenMint.Issue("shop", new TokenClaims(AccessScope.Read, null, Now.AddHours(1)), before.Secrets[0]);
        Assert.Equal(TokenOutcome.Accepted, TokenVerifier.Verify(token, "shop", after.Secrets, Now, out _));
        Assert.Equal(before.ReaderKeyOf(Stream()), after.ReaderKeyOf(Stream()));
    }

    [Fact]
    public void File_OfProjects_IsTheServersAlone()
    {
        ProjectRegistry.Open(_directory.Path).Create(new Project("shop"));

        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes.");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(File));
        Assert.False(System.IO.File.Exists(File + ".new"));
    }

    [Fact]
    public void Create_WhatACrashLeftBeside_IsOverwritten()
    {
        _directory.Write("projects.json.new", "half a fi");
        var registry = ProjectRegistry.Open(_directory.Path);

        Assert.Equal(ProjectOutcome.Done, registry.Create(new Project("shop")));
        Assert.NotNull(ProjectRegistry.Open(_directory.Path).Find("shop"));
    }

    [Fact]
    public void Change_ThatCannotBeWritten_ChangesNothing()
    {
        var registry = ProjectRegistry.Open(_directory.Path);
        registry.Create(new Project("shop"));
        // A directory in the place of the new file: even root cannot write there.
        Directory.CreateDirectory(File + ".new");

        Assert.Equal(ProjectOutcome.NotWritten, registry.Remove("shop"));
        Assert.NotNull(registry.Find("shop"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"version":2,"projects":[]}""")]
    [InlineData("""{"version":1,"projects":[{"name":"shop"}]}""")]
    public void Open_DamagedFile_IsRefusedWithItsName(string content)
    {
        _directory.Write("projects.json", content);

        var exception = Assert.Throws<StreamStoreException>(() => ProjectRegistry.Open(_directory.Path));

        Assert.Contains(File, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("ä")]
    [InlineData("__ds")]
    [InlineData("stream")]
    [InlineData("estuary")]
    [InlineData("config")]
    public void Create_NameNoProjectMayHave_IsRefused(string name) =>
        Assert.Equal(ProjectOutcome.NameRefused, ProjectRegistry.InMemory().Create(new Project(name)));

    [Fact]
    public void Create_KnownName_IsRefused()
    {
        var registry = ProjectRegistry.InMemory();
        registry.Create(new Project("shop"));

        Assert.Equal(ProjectOutcome.Exists, registry.Create(new Project("shop")));
    }

    [Fact]
    public void RemoveSecret_TheLastOne_IsRefused()
    {
        var project = WithSecret(new Project("shop"));

        Assert.Equal(ProjectOutcome.LastSecret, ProjectChanges.RemoveSecret(project, project.Secrets[0].Id).Outcome);
    }

    [Fact]
    public void AddSecret_KeepingOne_LeavesTheNewOneAndTheOneBefore()
    {
        var project = WithSecret(WithSecret(new Project("shop")));
        var newest = project.Secrets[0];

        var rotated = ProjectChanges.AddSecret(project, Secret, keep: 1, Now).Project!;

        Assert.Equal(2, rotated.Secrets.Length);
        Assert.Equal(newest, rotated.Secrets[1]);
    }

    [Fact]
    public void AddSecret_PastTheLimit_IsRefused()
    {
        var project = new Project("shop");
        for (var i = 0; i < ProjectChanges.MaxSecrets; i++)
            project = WithSecret(project);

        Assert.Equal(ProjectOutcome.TooMany, ProjectChanges.AddSecret(project, Secret, 8, Now).Outcome);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("a secret with spaces of some length")]
    [InlineData("ein-geheimnis-mit-ümlauten-im-innern")]
    public void AddSecret_WeakOne_IsRefused(string secret) =>
        Assert.Equal(ProjectOutcome.WeakSecret, ProjectChanges.AddSecret(new Project("shop"), secret, 8, Now).Outcome);

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("http://localhost:5173", true)]
    [InlineData("https://APP.example", true)]
    [InlineData("*", true)]
    [InlineData("https://app.example/", false)]
    [InlineData("https://user@app.example", false)]
    [InlineData("app.example", false)]
    [InlineData("null", false)]
    [InlineData("https://*.example\r\nX: y", false)]
    [InlineData("", false)]
    public void SetOrigins_Text_MustBeAnOrigin(string origin, bool allowed) =>
        Assert.Equal(
            allowed ? ProjectOutcome.Done : ProjectOutcome.OriginRefused,
            ProjectChanges.SetOrigins(new Project("shop"), [origin]).Outcome
        );

    [Fact]
    public void RotateReaderKey_OfOneStream_LeavesTheOthers()
    {
        var project = new Project("shop");
        var rotated = ProjectChanges.RotateReaderKey(project, "notes").Project!;

        Assert.NotEqual(project.ReaderKeyOf(Stream()), rotated.ReaderKeyOf(Stream()));
        Assert.Equal(project.ReaderKeyOf(Stream("other")), rotated.ReaderKeyOf(Stream("other")));
    }

    [Fact]
    public void RotateReaderKey_OfAll_ChangesEach()
    {
        var project = new Project("shop");

        Assert.NotEqual(
            project.ReaderKeyOf(Stream()),
            ProjectChanges.RotateReaderKey(project, null).Project!.ReaderKeyOf(Stream())
        );
    }

    private static UnixFileMode ModeOf(string path) =>
        OperatingSystem.IsWindows() ? default : System.IO.File.GetUnixFileMode(path);

    private static Project WithSecret(Project project) => ProjectChanges.AddSecret(project, Secret, 8, Now).Project!;

    private static StreamInfo Stream(string id = "notes") =>
        new()
        {
            Id = 7,
            Name = $"shop/{id}",
            Config = new StreamConfig("text/plain", Selvedge.Streams.Protocol.Lifetime.Endless, null),
            Tail = 0,
            IsClosed = false,
        };
}
