using System.Text.Json;

namespace Selvedge.Cli.Remote;

/// <summary>A project of a running server, by its admin listener.</summary>
internal sealed class ProjectClient(AdminClient admin, string name)
{
    /// <summary>What it is called.</summary>
    public string Name => name;

    private string Target => $"/projects/{Uri.EscapeDataString(name)}";

    /// <summary>Asks what it is.</summary>
    public Task<(JsonDocument? Answer, RemoteFault? Fault)> ShowAsync(CancellationToken cancellationToken) =>
        admin.AskAsync(HttpMethod.Get, Target, null, cancellationToken);

    /// <summary>Makes it.</summary>
    public Task<(JsonDocument? Answer, RemoteFault? Fault)> CreateAsync(object order, CancellationToken cancellationToken) =>
        admin.AskAsync(HttpMethod.Put, Target, order, cancellationToken);

    /// <summary>Forgets it.</summary>
    public async Task<RemoteFault?> RemoveAsync(CancellationToken cancellationToken) =>
        await admin.TellAsync(HttpMethod.Delete, Target, null, cancellationToken);

    /// <summary>Changes something of it, or asks for something it makes.</summary>
    /// <param name="method">The method.</param>
    /// <param name="what">What of it, as the path has it.</param>
    /// <param name="order">What goes with it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<(JsonDocument? Answer, RemoteFault? Fault)> AskAsync(
        HttpMethod method,
        string what,
        object? order,
        CancellationToken cancellationToken
    ) => admin.AskAsync(method, $"{Target}/{what}", order, cancellationToken);
}
