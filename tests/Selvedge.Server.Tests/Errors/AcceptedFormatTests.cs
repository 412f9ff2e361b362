using Selvedge.Server.Errors;

namespace Selvedge.Server.Tests.Errors;

public sealed class AcceptedFormatTests
{
    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Html")]
    [InlineData("application/json", "Json")]
    [InlineData("application/json, text/plain, */*", "Json")]
    [InlineData("text/html;q=0.5, application/json", "Json")]
    [InlineData("*/*", "Text")]
    [InlineData("text/plain", "Text")]
    [InlineData("text/*", "Text")]
    [InlineData("image/png", "Text")]
    [InlineData("not a media type;;", "Text")]
    public void Of_Accept_ChoosesThePreferredForm(string accept, string expected) =>
        Assert.Equal(expected, AcceptedFormat.Of(accept).ToString());
}
