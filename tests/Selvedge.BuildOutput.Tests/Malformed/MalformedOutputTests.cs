namespace Selvedge.BuildOutput.Tests.Malformed;

/// <summary>A sound output with one thing wrong gives a fault at the place that is wrong.</summary>
public sealed class MalformedOutputTests
{
    private static readonly Dictionary<string, MalformedOutput> Cases = new MalformedOutput[][]
    {
        [.. BrokenTexts.All],
        [.. WrongTypes.All],
        [.. BadValues.All],
        [.. BrokenFiles.All],
    }
        .SelectMany(static cases => cases)
        .ToDictionary(static malformed => malformed.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Fact]
    public async Task Output_WithNothingWrong_IsRead()
    {
        using var output = SoundOutput.Create();

        var deployment = await output.DeployAsync();

        Assert.Empty(deployment.Warnings);
        Assert.Empty(deployment.UnknownKeys);
    }

    [Fact]
    public void Cases_Counted_AreAsManyAsPromised() => Assert.True(Cases.Count >= 200, $"Only {Cases.Count} cases.");

    // A pipe that is opened waits for ever, hence the limit.
    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Names))]
    public async Task Output_WithOneThingWrong_HasAFaultThatSaysWhere(string name)
    {
        var malformed = Cases[name];
        using var output = SoundOutput.Create();
        malformed.Spoil(output);

        var result = await output.ReadAsync();

        // What follows from the fault may be a second one; more would bury it.
        Assert.Null(result.Deployment);
        Assert.InRange(result.Faults.Count, 1, 2);
        var fault = result.Faults[0];
        Assert.StartsWith(malformed.File, fault.File, StringComparison.Ordinal);
        if (malformed.Key.Length == 0)
            Assert.Equal("", fault.Key);
        else
            Assert.StartsWith(malformed.Key, fault.Key, StringComparison.Ordinal);
        Assert.Matches(@"^[A-Z].*[^.]\.$", fault.Message.ReplaceLineEndings(" "));
    }
}
