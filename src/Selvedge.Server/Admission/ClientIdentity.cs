using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Admission;

/// <summary>Who asks and by which name, as functions and external origins are told.</summary>
/// <param name="Address">The client's address as text.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">Host with port, as the client named it.</param>
/// <param name="Port">The port the client dialled.</param>
internal sealed record ClientIdentity(string Address, string Scheme, string Host, int Port)
{
    /// <summary>Reads it off a connection; a trusted proxy's forwarded headers have been applied by then.</summary>
    public static ClientIdentity Of(HttpContext http)
    {
        var host = http.Request.Host;
        var scheme = http.Request.Scheme;
        var address = http.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        return new ClientIdentity(
            address?.ToString() ?? "",
            scheme,
            host.Value ?? "",
            host.Port ?? (scheme == "https" ? 443 : 80)
        );
    }
}
