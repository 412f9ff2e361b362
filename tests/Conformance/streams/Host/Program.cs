using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Server.Streams;

// Streams and nothing else, in a process of its own: what the conformance suite, the crash tests and the load bench talk to.
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.Configuration.AddEnvironmentVariables("SELVEDGE_").AddCommandLine(args);
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:4437");

builder.Services.AddMetrics();
var options = builder.Configuration.GetSection("Streams").Get<StreamOptions>() ?? new StreamOptions();
var dataDirectory = builder.Configuration["data-dir"] ?? ".selvedge";
var app = builder.Build();
await using var streams = await StreamHost.OpenAsync(
    options,
    dataDirectory,
    TimeProvider.System,
    app.Services.GetRequiredService<IMeterFactory>(),
    NullLoggerFactory.Instance,
    CancellationToken.None
);
app.Lifetime.ApplicationStopping.Register(streams.EndLiveReads);
app.Run(streams.InvokeAsync);
await app.RunAsync();
