using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Caching;
using Selvedge.Server.Streams;
using Selvedge.Streams.Access;
using Selvedge.Streams.Projects;
using Selvedge.Testing;

namespace Selvedge.Server.Tests.Streams;

/// <summary>Streams in memory on a loopback port, with a clock of the test's own and one project, <c>shop</c>, that has a secret.</summary>
internal sealed class GuardedStreams : IAsyncDisposable
{
    public const string Secret = "a-secret-of-the-project-32-bytes-long";
    public const string Text = "text/plain";

    private readonly WebApplication _app;
    private readonly StreamHost _host;

    private GuardedStreams(
        WebApplication app,
        StreamHost host,
        ManualClock clock,
        ProjectRegistry projects,
        LogLines logs,
        Version version
    )
    {
        _app = app;
        _host = host;
        Clock = clock;
        Projects = projects;
        Logs = logs;
        Client = PlainHttp.CreateClient(new Uri(app.Urls.Single()));
        Client.DefaultRequestVersion = version;
        Client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }

    public ManualClock Clock { get; }

    public ProjectRegistry Projects { get; }

    /// <summary>Everything logged so far, at every level.</summary>
    public LogLines Logs { get; }

    public HttpClient Client { get; }

    public static async Task<GuardedStreams> StartAsync(
        StreamOptions? options = null,
        HttpProtocols protocols = HttpProtocols.Http1,
        ProjectRegistry? projects = null,
        string? dataDirectory = null,
        ManualClock? clock = null
    )
    {
        clock ??= new ManualClock();
        options ??= new StreamOptions();
        options = options with { InMemory = dataDirectory is null };
        if (projects is null)
        {
            projects = ProjectRegistry.InMemory();
            projects.Create(new Project("shop"));
            projects.Change("shop", project => ProjectChanges.AddSecret(project, Secret, 8, clock.GetUtcNow()));
        }

        var logs = new LogLines();
        var host = await StreamHost.OpenAsync(
            options,
            projects,
            dataDirectory ?? "",
            clock,
            new Meters(),
            logs,
            new HttpCache(new CacheOptions(), clock, new Meters(), NullLogger<HttpCache>.Instance),
            TestContext.Current.CancellationToken
        );
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var app = builder.Build();
        app.Run(http => StreamHost.Handles(http.Request.Path) ? host.InvokeAsync(http) : Task.CompletedTask);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var version = protocols is HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        return new GuardedStreams(app, host, clock, projects, logs, version);
    }

    /// <summary>A token of the project, an hour long.</summary>
    public string Token(string scope, string? streamId = null, string project = "shop") =>
        TokenMint.Issue(
            project,
            new TokenClaims(Enum.Parse<AccessScope>(scope, ignoreCase: true), streamId, Clock.GetUtcNow().AddHours(1)),
            new SigningSecret("sk", Secret, Clock.GetUtcNow())
        );

    /// <summary>Sends a request, with a token if there is one.</summary>
    public Task<HttpAnswer> SendAsync(
        string method,
        string target,
        string? token = null,
        string? body = null,
        string contentType = Text,
        params IEnumerable<(string Name, string Value)> headers
    )
    {
        HttpContent? content = body is null ? null : new StringContent(body);
        if (content is not null)
            content.Headers.ContentType = new(contentType);
        if (token is not null)
            headers = headers.Append(("Authorization", $"Bearer {token}"));
        return Client.AnswerAsync(new HttpMethod(method), target, content, headers);
    }

    /// <summary>Makes a stream.</summary>
    public async Task<HttpAnswer> CreateAsync(
        string target,
        string body = "",
        string contentType = Text,
        params IEnumerable<(string Name, string Value)> headers
    )
    {
        var answer = await SendAsync("PUT", target, Token("write"), body, contentType, headers);
        Assert.True(answer.Status is 200 or 201, answer.Body);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _host.EndLiveReads();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await _host.DisposeAsync();
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose() { }
    }
}
