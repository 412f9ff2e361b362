using Selvedge.Testing;

namespace Selvedge.Cli.Tests;

/// <summary>Projects made and changed by the command, and what becomes of requests at once.</summary>
public sealed class ProjectsTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Environment = new(StreamServer.AdminEnvironment, StringComparer.Ordinal)
    {
        ["SELVEDGE_STREAMS__AUTH"] = "jwt",
    };

    private readonly TempDirectory _data = new();
    private SelvedgeProcess _server = null!;
    private HttpClient _client = null!;
    private string _admin = null!;

    public ValueTask InitializeAsync() => StartAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Create_ProjectAndToken_LetTheBearerIn()
    {
        await DoAsync("create", "shop");
        var file = _data.Write("token", await DoAsync("token", "shop", "--scope", "write"));

        string[] stream = ["notes", "--project", "shop", "--url", _server.BaseAddress.ToString()];
        var without = await CommandProcess.RunAsync(["streams", "create", .. stream]);
        var with = await CommandProcess.RunAsync(["streams", "create", .. stream, "--token-file", file]);

        Assert.Equal((1, 0), (without.ExitCode, with.ExitCode));
        Assert.Contains("token", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_GivenSecret_IsNeverTold()
    {
        var secret = new string('s', 40);
        var printed = await DoAsync("create", "shop", "--secret-file", _data.Write("secret", secret + "\n"));

        Assert.Equal("", printed);
        Assert.DoesNotContain(secret, await DoAsync("show", "shop"), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, _server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Twice_IsRefused()
    {
        await DoAsync("create", "shop");

        var again = await RunAsync("create", "shop");

        Assert.Equal((1, "selvedge: There is a project of that name already.\n"), (again.ExitCode, again.Error));
    }

    [Fact]
    public async Task Secret_Rotated_KeepsTheOneBefore()
    {
        await DoAsync("create", "shop");
        var first = await DoAsync("token", "shop");
        await DoAsync("secret", "rotate", "shop");
        Assert.Equal(404, await StatusAsync(first));

        await DoAsync("secret", "rotate", "shop");

        Assert.Equal(401, await StatusAsync(first));
        Assert.Equal(404, await StatusAsync(await DoAsync("token", "shop")));
    }

    [Fact]
    public async Task Secret_Removed_TakesItsTokensAlong()
    {
        await DoAsync("create", "shop");
        var token = await DoAsync("token", "shop");
        var id = (await DoAsync("show", "shop"))
            .Split('\n')
            .Single(line => line.StartsWith("Secret: ", StringComparison.Ordinal))[8..]
            .Split('\t')[0];
        Assert.Contains("last secret", (await RunAsync("secret", "rm", "shop", id)).Error, StringComparison.Ordinal);
        await DoAsync("secret", "add", "shop");

        await DoAsync("secret", "rm", "shop", id);

        Assert.Equal(401, await StatusAsync(token));
    }

    [Fact]
    public async Task Projects_AfterAKill_AreStillThere()
    {
        await DoAsync("create", "shop");
        await DoAsync("cors", "shop", "https://app.example");
        await DoAsync("privacy", "shop", "public");
        var token = await DoAsync("token", "shop");

        await _server.KillAsync();
        await StartAsync();

        Assert.Equal(404, await StatusAsync(token));
        Assert.Equal("shop\tpublic\t1\thttps://app.example", await DoAsync("ls"));
    }

    [Fact]
    public async Task Remove_Project_LetsNobodyIn()
    {
        await DoAsync("create", "shop");
        var token = await DoAsync("token", "shop");

        await DoAsync("rm", "shop");

        Assert.Equal(401, await StatusAsync(token));
        Assert.Equal(1, (await RunAsync("show", "shop")).ExitCode);
    }

    [Fact]
    public async Task ReaderKey_TurnedOver_IsAnotherOne()
    {
        await DoAsync("create", "shop");
        var token = await DoAsync("token", "shop", "--scope", "write");
        var target = "/v1/shop/stream/notes";
        var made = await _client.AnswerAsync(HttpMethod.Put, target, null, ("Authorization", $"Bearer {token}"));

        await DoAsync("reader-key", "shop", "notes");

        var head = await _client.AnswerAsync(HttpMethod.Head, target, null, ("Authorization", $"Bearer {token}"));
        Assert.NotNull(made["Stream-Reader-Key"]);
        Assert.NotEqual(made["Stream-Reader-Key"], head["Stream-Reader-Key"]);
    }

    [Fact]
    public async Task Token_InAUrl_IsNotLogged()
    {
        await DoAsync("create", "shop");
        var token = await DoAsync("token", "shop");

        await _client.AnswerAsync($"/v1/shop/stream/none?token={token}");

        Assert.DoesNotContain(token, _server.Output, StringComparison.Ordinal);
    }

    private async ValueTask StartAsync()
    {
        _server = await SelvedgeProcess.StartAsync(directory: null, _data.Path, Environment);
        _client = PlainHttp.CreateClient(_server.BaseAddress);
        _admin = (await _server.AdminAddressAsync()).ToString();
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        CommandProcess.RunAsync(["projects", .. arguments, "--admin-url", _admin]);

    private async Task<string> DoAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output.TrimEnd('\n');
    }

    private async Task<int> StatusAsync(string token) =>
        (await _client.AnswerAsync("/v1/shop/stream/none", ("Authorization", $"Bearer {token}"))).Status;
}
