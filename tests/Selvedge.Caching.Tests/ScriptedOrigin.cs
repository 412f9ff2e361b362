using System.Text;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Origins;

namespace Selvedge.Caching.Tests;

/// <summary>An origin that answers as a test scripts it, and counts how often it was asked.</summary>
internal sealed class ScriptedOrigin(Func<IRequestFields, Validators?, CancellationToken, Task<OriginReply>> answer)
{
    // Fetches on behalf of all, and requests passed on for one client alone.
    private readonly int[] _counts = [0, 0];

    /// <summary>An origin that does not look at the request's fields.</summary>
    public ScriptedOrigin(Func<Validators?, CancellationToken, Task<OriginReply>> answer)
        : this((_, validators, cancellationToken) => answer(validators, cancellationToken)) { }

    /// <summary>Fetches on behalf of all.</summary>
    public int Shared => Volatile.Read(ref _counts[0]);

    /// <summary>Requests passed on for one client alone.</summary>
    public int Passed => Volatile.Read(ref _counts[1]);

    public int Total => Shared + Passed;

    /// <summary>The origin for one client's request.</summary>
    public IOrigin For(IRequestFields fields) => new Client(this, fields);

    public static OriginReply Text(string body, params (string Name, string Value)[] fields) => Reply(200, body, fields);

    public static OriginReply Reply(int status, string body, params (string Name, string Value)[] fields) =>
        Reply(status, new MemoryStream(Encoding.UTF8.GetBytes(body)), fields);

    public static OriginReply Reply(int status, Stream body, params (string Name, string Value)[] fields) =>
        new(body)
        {
            Status = status,
            Fields = [.. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))],
            Body = body,
            ContentLength = fields.FirstOrDefault(field => field.Name == "content-length").Value is { } length
                ? long.Parse(length)
                : null,
        };

    public static OriginReply Failure() => new(new FetchFailure(502, "DOWN"));

    private sealed class Client(ScriptedOrigin origin, IRequestFields fields) : IOrigin, IOriginCall
    {
        public IRequestFields Fields => fields;

        public IOriginCall Compose() => this;

        public async ValueTask<OriginReply> SendAsync(Validators? validators, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref origin._counts[0]);
            return await origin.Answer(fields, validators, cancellationToken);
        }

        public async ValueTask<OriginReply> PassAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref origin._counts[1]);
            return await origin.Answer(fields, null, cancellationToken);
        }
    }

    private Task<OriginReply> Answer(IRequestFields fields, Validators? validators, CancellationToken cancellationToken) =>
        answer(fields, validators, cancellationToken);
}
