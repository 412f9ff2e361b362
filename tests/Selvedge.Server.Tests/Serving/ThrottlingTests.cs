using Selvedge.Server.Configuration;

namespace Selvedge.Server.Tests.Serving;

public sealed class ThrottlingTests
{
    [Fact]
    public async Task Function_WithAFullLine_AnswersWhenToTryAgain()
    {
        var options = new SelvedgeOptions
        {
            Functions = new()
            {
                MaxConcurrencyPerInstance = 1,
                MaxInstancesPerFunction = 1,
                MaxQueuedRequests = 1,
            },
        };
        var files = new Dictionary<string, string>([.. Site.Function("api/never", "export default () => {};")]);
        await using var site = await Site.ServeAsync(""" {"handle":"filesystem"} """, files, options);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        // One is in the function for good, and one in the line, so the one that is answered is the third.
        var requests = Enumerable
            .Range(0, 3)
            .Select(_ => site.Client.PostAsync("/api/never", content: null, leave.Token))
            .ToArray();
        var answered = await Task.WhenAny(requests);
        using var response = await answered;
        await leave.CancelAsync();

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal("FUNCTION_THROTTLED", response.Headers.GetValues("x-vercel-error").Single());
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }
}
