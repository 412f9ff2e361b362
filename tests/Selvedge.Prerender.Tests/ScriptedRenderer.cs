using System.Collections.Concurrent;
using System.Text;
using Selvedge.Caching.Origins;

namespace Selvedge.Prerender.Tests;

/// <summary>Renders what a test scripts, and remembers what it was asked for.</summary>
internal sealed class ScriptedRenderer : IRenderer
{
    private readonly ConcurrentQueue<RenderOrder> _orders = new();

    /// <summary>Renders; by default a page that says how many were rendered before it.</summary>
    public Func<RenderOrder, int, Task<OriginReply>> Render { get; set; } =
        (order, number) => Task.FromResult(Page($"{order.Prerender.OutputPath} {number}"));

    public IReadOnlyList<RenderOrder> Orders => [.. _orders];

    public int Count => _orders.Count;

    public async ValueTask<OriginReply> RenderAsync(RenderOrder order, CancellationToken cancellationToken)
    {
        _orders.Enqueue(order);
        return await Render(order, _orders.Count);
    }

    public static OriginReply Page(string body, params (string Name, string Value)[] fields) => Page(200, body, fields);

    public static OriginReply Page(int status, string body, params (string Name, string Value)[] fields) =>
        Page(status, new MemoryStream(Encoding.UTF8.GetBytes(body)), fields);

    public static OriginReply Page(int status, Stream body, params (string Name, string Value)[] fields) =>
        new(body)
        {
            Status = status,
            Fields = [.. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))],
            Body = body,
        };

    public static OriginReply Failure() => new(new FetchFailure(500, "FUNCTION_INVOCATION_FAILED"));
}
