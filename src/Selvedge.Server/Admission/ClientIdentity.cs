namespace Selvedge.Server.Admission;

/// <summary>Who asks and by which name, as functions and external origins are told.</summary>
/// <param name="Address">The client's address as text.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">Host with port, as the client named it.</param>
/// <param name="HostName">Host without port, lower case.</param>
/// <param name="Port">The port the client dialled.</param>
internal sealed record ClientIdentity(string Address, string Scheme, string Host, string HostName, int Port);
