using System.Collections.Frozen;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Proxy;

namespace Selvedge.Server.Functions;

/// <summary>The request headers that go on to a function, middleware or an external origin.</summary>
internal sealed class OutboundHeaders
{
    // Of one connection only (RFC 9110 section 7.6.1), or restated by whoever sends the body on.
    private static readonly FrozenSet<string> NotForwarded = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [.. ConnectionHeaders.Names, "content-length", "expect"]
    );

    private readonly List<KeyValuePair<string, string>> _lines;

    private OutboundHeaders(int capacity) => _lines = new(capacity);

    /// <summary>The headers, one entry a line.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Lines => _lines;

    /// <summary>The client's headers, without those of its connection, changed as routing decided.</summary>
    public static OutboundHeaders From(AdmittedRequest request, IReadOnlyList<HeaderChange> changes)
    {
        var incoming = request.Http.Request.Headers;
        var headers = new OutboundHeaders(incoming.Count + 12);
        var named = incoming.Connection;
        foreach (var (name, values) in incoming)
        {
            if (NotForwarded.Contains(name) || IsNamedByConnection(named.ToString(), name))
            {
                continue;
            }

            foreach (var value in values)
            {
                headers._lines.Add(new(name, value ?? ""));
            }
        }

        foreach (var change in changes)
        {
            headers.Apply(change);
        }

        return headers;
    }

    /// <summary>Nothing but these lines.</summary>
    public static OutboundHeaders Of(IReadOnlyList<KeyValuePair<string, string>> lines)
    {
        var headers = new OutboundHeaders(lines.Count + 12);
        headers._lines.AddRange(lines);
        return headers;
    }

    /// <summary>Adds what the platform tells about the client, replacing anything of the same name.</summary>
    public OutboundHeaders Identify(AdmittedRequest request) => Identify(request.Client, request.RequestId);

    /// <inheritdoc cref="Identify(AdmittedRequest)"/>
    public OutboundHeaders Identify(ClientIdentity client, string requestId)
    {
        Set("host", client.Host);
        Set("x-forwarded-host", client.Host);
        Set("x-forwarded-proto", client.Scheme);
        Set("x-forwarded-port", client.Port.ToString());
        Set("x-forwarded-for", client.Address);
        Set("x-real-ip", client.Address);
        Set("x-vercel-forwarded-for", client.Address);
        Set("x-vercel-deployment-url", client.Host);
        Set("x-vercel-id", requestId);
        return this;
    }

    /// <summary>Sets a header, replacing all lines of that name.</summary>
    public void Set(string name, string value)
    {
        Remove(name);
        _lines.Add(new(name, value));
    }

    /// <summary>Removes all lines of a name.</summary>
    public void Remove(string name) => _lines.RemoveAll(line => Is(line, name));

    private void Apply(HeaderChange change)
    {
        switch (change.Kind)
        {
            case HeaderChangeKind.Set:
                Set(change.Name, change.Value ?? "");
                break;
            case HeaderChangeKind.Append:
                Append(change.Name, change.Value ?? "");
                break;
            case HeaderChangeKind.Delete when change.Value is null:
                Remove(change.Name);
                break;
            case HeaderChangeKind.Delete:
                _lines.RemoveAll(line =>
                    Is(line, change.Name) && string.Equals(line.Value, change.Value, StringComparison.OrdinalIgnoreCase)
                );
                break;
        }
    }

    private void Append(string name, string value)
    {
        var at = _lines.FindIndex(line => Is(line, name));
        if (at < 0)
        {
            _lines.Add(new(name, value));
        }
        else
        {
            _lines[at] = new(name, $"{_lines[at].Value}, {value}");
        }
    }

    private static bool Is(KeyValuePair<string, string> line, string name) =>
        line.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsNamedByConnection(string connection, string name)
    {
        if (connection.Length == 0 || !connection.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var option in connection.AsSpan().Split(','))
        {
            if (connection.AsSpan()[option].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
