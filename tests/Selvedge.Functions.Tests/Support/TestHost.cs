using System.Text;

namespace Selvedge.Functions.Tests.Support;

/// <summary>A function host with real Node.js processes, whose functions a test writes as text.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    /// <summary>How long a test waits for what must come; on the real clock, and only so that a failing test ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sf");
    private int _functions;
    private int _requests;

    public TestHost(Func<FunctionHostOptions, FunctionHostOptions>? configure = null, TimeProvider? timeProvider = null)
    {
        // Blanks are the subject of tests of their own; elsewhere they would be processes too many.
        var options = new FunctionHostOptions
        {
            SocketDirectory = Path.Combine(_directory.FullName, "s"),
            NodePath = NodePath,
            WarmBlanks = 0,
        };
        Host = new FunctionHost(
            configure?.Invoke(options) ?? options,
            timeProvider ?? TimeProvider.System,
            new FunctionMetrics(Meters),
            Logs
        );
    }

    /// <summary>Another Node.js than the one on the path, to try a version; <c>eng/test-nodes.sh</c> tries them all.</summary>
    public static string NodePath => Environment.GetEnvironmentVariable("NODE_UNDER_TEST") ?? "node";

    public TestMeters Meters { get; } = new();

    public FunctionHost Host { get; }

    public LogCollector Logs { get; } = new();

    /// <summary>Writes a function of one module. Its name is <c>f1</c>, <c>f2</c> and so on.</summary>
    public FunctionSpec Write(string source, string handler = "index.mjs", params (string Path, string Text)[] files)
    {
        var name = $"f{Interlocked.Increment(ref _functions)}";
        var directory = _directory.CreateSubdirectory(name);
        foreach (var (path, text) in files.Append((handler, source)))
        {
            var file = new FileInfo(Path.Combine(directory.FullName, path));
            file.Directory!.Create();
            File.WriteAllText(file.FullName, text);
        }

        return new()
        {
            Name = name,
            Directory = directory.FullName,
            Handler = handler,
        };
    }

    /// <summary>Writes an edge function.</summary>
    public FunctionSpec WriteEdge(string source, string handler = "index.js", params (string Path, string Text)[] files) =>
        Write(source, handler, files) with
        {
            Runtime = FunctionRuntime.Edge,
        };

    /// <summary>Sends a request and gives what comes of it.</summary>
    public async Task<FunctionOutcome> SendAsync(
        FunctionSpec function,
        string target = "/",
        string method = "GET",
        Stream? body = null,
        long? length = null,
        (string Name, string Value)[]? headers = null,
        string? requestId = null,
        CancellationToken cancellationToken = default
    ) =>
        await Host.InvokeAsync(
                function,
                new()
                {
                    Method = method,
                    Target = target,
                    Headers = [.. (headers ?? []).Select(header => KeyValuePair.Create(header.Name, header.Value))],
                    Body = body,
                    ContentLength = length,
                    RequestId = requestId ?? $"r{Interlocked.Increment(ref _requests)}",
                },
                cancellationToken
            )
            .AsTask()
            .WaitAsync(Patience, CancellationToken.None);

    /// <summary>Sends a request and reads the response to its end.</summary>
    public async Task<TestResponse> GetAsync(
        FunctionSpec function,
        string target = "/",
        string method = "GET",
        params (string Name, string Value)[] headers
    ) => await TestResponse.ReadAsync(await SendAsync(function, target, method, headers: headers));

    /// <summary>Sends a request with a body of text and reads the response to its end.</summary>
    public async Task<TestResponse> PostAsync(FunctionSpec function, string text, params (string Name, string Value)[] headers)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return await TestResponse.ReadAsync(
            await SendAsync(function, "/", "POST", new MemoryStream(bytes), bytes.Length, headers)
        );
    }

    /// <summary>Sends a request that must fail.</summary>
    public async Task<FunctionFailure> FailAsync(FunctionSpec function, string target = "/", string method = "GET")
    {
        var outcome = await SendAsync(function, target, method);
        Assert.NotNull(outcome.Failure);
        return outcome.Failure;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Meters.Dispose();
        _directory.Delete(recursive: true);
    }
}
