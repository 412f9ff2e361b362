using System.Net;
using System.Text;

namespace Selvedge.Functions.Invocations;

/// <summary>Makes the message that a process is sent of the request that it is to see.</summary>
internal static class RequestTranslation
{
    /// <summary>The bytes of a field's line beside name and value: colon, space, CR and LF.</summary>
    private const int FieldOverhead = 4;

    /// <summary>Makes the message.</summary>
    /// <returns>The message, or why it cannot be sent.</returns>
    public static (HttpRequestMessage? Message, FunctionFailure? Failure) Translate(
        FunctionRequest request,
        FunctionHostOptions options
    )
    {
        if (request.ContentLength > options.MaxRequestBodyBytes)
        {
            return TooLarge(
                FunctionFailureReason.RequestBodyTooLarge,
                $"The request body exceeds {options.MaxRequestBodyBytes} bytes."
            );
        }

        if (!HeaderFields.IsToken(request.Method) || !RequestTarget.TryCreate(request.Target, out var uri))
        {
            return TooLarge(FunctionFailureReason.RequestHeadersTooLarge, "The request line cannot be sent.");
        }

        var body = new RequestBody(request.Body, request.ContentLength, options.MaxRequestBodyBytes);
        var message = new HttpRequestMessage(new HttpMethod(request.Method), uri)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };

        var bytes = request.Method.Length + request.Target.Length;
        for (var i = 0; i < request.Headers.Count; i++)
        {
            var (name, value) = request.Headers[i];
            if (HeaderFields.PassesInRequest(name, value))
            {
                bytes += Add(message, name, value);
            }
        }

        bytes += Add(message, "x-vercel-id", request.RequestId);
        // Handlers take the host for the site's own, whichever name the connection to the server was made under.
        var host = HeaderFields.Find(request.Headers, "x-forwarded-host") ?? HeaderFields.Find(request.Headers, "host");
        if (!string.IsNullOrEmpty(host))
        {
            bytes += Add(message, "host", host);
        }

        return bytes > options.MaxHeaderBytes
            ? TooLarge(
                FunctionFailureReason.RequestHeadersTooLarge,
                $"The header section has {bytes} bytes, more than {options.MaxHeaderBytes}."
            )
            : (message, null);
    }

    private static int Add(HttpRequestMessage message, string name, string value)
    {
        // Fields that describe the body have their place beside it.
        if (!message.Headers.TryAddWithoutValidation(name, value))
        {
            message.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return Encoding.Latin1.GetByteCount(name) + Encoding.Latin1.GetByteCount(value) + FieldOverhead;
    }

    private static (HttpRequestMessage?, FunctionFailure?) TooLarge(FunctionFailureReason reason, string detail) =>
        (null, new FunctionFailure(reason, detail));
}
