using Selvedge.Server.Configuration;

namespace Selvedge.Server.Tests.Configuration;

public sealed class DotEnvTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  A = 1  ", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("A=1 # note", "1")]
    [InlineData("A='1 # kept'", "1 # kept")]
    [InlineData("A=\"x\\ny\"", "x\ny")]
    [InlineData("A='x\\ny'", "x\\ny")]
    [InlineData("A=\"x\ny\"", "x\ny")]
    [InlineData("A=", "")]
    [InlineData("A=\"unclosed", "\"unclosed")]
    [InlineData("A=b=c", "b=c")]
    [InlineData("# A=0\nA=1", "1")]
    public void Parse_Line_GivesItsValue(string text, string expected) => Assert.Equal(expected, Parse(text)["A"]);

    [Theory]
    [InlineData("B=x\nA=$B/y", "x/y")]
    [InlineData("B=x\nA=${B}y", "xy")]
    [InlineData("B=x\nA=\"${B}y\"", "xy")]
    [InlineData("B=x\nA='$B'", "$B")]
    [InlineData("B=x\nA=\\$B", "$B")]
    [InlineData("A=a$UNKNOWN!b", "a!b")]
    [InlineData("A=100$", "100$")]
    public void Parse_Reference_IsExpandedUnlessQuotedSingly(string text, string expected) =>
        Assert.Equal(expected, Parse(text)["A"]);

    [Fact]
    public void Parse_NameAlreadyKnown_KeepsItsValue()
    {
        var variables = new Dictionary<string, string> { ["A"] = "first" };

        DotEnv.Parse("A=second\nB=2", variables);

        Assert.Equal("first", variables["A"]);
        Assert.Equal("2", variables["B"]);
    }

    [Theory]
    [InlineData("no equals sign")]
    [InlineData("BAD NAME=1")]
    [InlineData("=1")]
    public void Parse_LineThatAssignsNothing_IsPassedOver(string text) => Assert.Empty(Parse(text));

    private static Dictionary<string, string> Parse(string text)
    {
        var variables = new Dictionary<string, string>();
        DotEnv.Parse(text, variables);
        return variables;
    }
}
