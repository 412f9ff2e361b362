using System.Net.Http.Headers;
using System.Text;

namespace Selvedge.Frameworks.Tests;

/// <summary>A form as browsers send it: names in quotes, and no content type for a field.</summary>
internal static class BrowserForm
{
    private const string Boundary = "----WebKitFormBoundarySelvedge";

    public static ByteArrayContent Of(params IEnumerable<(string Name, string Value)> fields)
    {
        var parts = fields.Select(field =>
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n"
        );
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"{string.Concat(parts)}--{Boundary}--\r\n"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={Boundary}");
        return content;
    }
}
