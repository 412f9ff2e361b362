using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Selvedge.Functions.Wire;

/// <summary>Makes what a process is sent of the request that it is to see.</summary>
internal static class RequestTranslation
{
    private const int InitialHeadSize = 1024;

    /// <summary>Makes the request, or says why it cannot be sent.</summary>
    public static bool TryTranslate(
        FunctionRequest request,
        FunctionHostOptions options,
        Echo echo,
        [NotNullWhen(true)] out OutgoingRequest? outgoing,
        [NotNullWhen(false)] out FunctionFailure? failure
    )
    {
        outgoing = null;
        failure = null;
        if (!HeaderFields.IsToken(request.Method))
        {
            failure = new(FunctionFailureReason.InvalidRequest, "The method is not a token.");
            return false;
        }

        if (request.ContentLength > options.MaxRequestBodyBytes)
        {
            failure = new(
                FunctionFailureReason.RequestBodyTooLarge,
                $"The request body exceeds {options.MaxRequestBodyBytes} bytes."
            );
            return false;
        }

        var head = new ArrayBufferWriter<byte>(InitialHeadSize);
        WriteHead(request, echo, head);
        if (head.WrittenCount > options.MaxHeaderBytes)
        {
            failure = new(
                FunctionFailureReason.RequestHeadersTooLarge,
                $"The request's head has {head.WrittenCount} bytes, more than {options.MaxHeaderBytes}."
            );
            return false;
        }

        outgoing = new(head, echo, request.Method == "HEAD", request.Body, request.ContentLength, options.MaxRequestBodyBytes)
        {
            Interim = request.Interim,
            ResumesWhereItArrives = request.ResumesWhereItArrives,
        };
        return true;
    }

    private static void WriteHead(FunctionRequest request, Echo echo, ArrayBufferWriter<byte> head)
    {
        Encoding.ASCII.GetBytes(request.Method, head);
        head.Write(" "u8);
        echo.Write(head);
        RequestTarget.Write(request.Target, head);
        head.Write(" HTTP/1.1\r\n"u8);

        // Handlers take the host for the site's own, whichever name the connection to the server was made under.
        var host = HeaderFields.Find(request.Headers, "x-forwarded-host") ?? HeaderFields.Find(request.Headers, "host");
        WriteField("host", string.IsNullOrEmpty(host) || !HeaderFields.IsValue(host) ? "localhost" : host, head);
        if (HeaderFields.IsValue(request.RequestId))
        {
            WriteField("x-vercel-id", request.RequestId, head);
        }

        for (var i = 0; i < request.Headers.Count; i++)
        {
            var (name, value) = request.Headers[i];
            if (HeaderFields.PassesInRequest(name, value))
            {
                WriteField(name, value, head);
            }
        }

        WriteFraming(request, head);
        head.Write("\r\n"u8);
    }

    private static void WriteFraming(FunctionRequest request, ArrayBufferWriter<byte> head)
    {
        if (request.Body is null)
        {
            // An empty body that a method would lead to expect is announced (RFC 9110 section 8.6).
            if (request.Method is "POST" or "PUT" or "PATCH")
            {
                head.Write("content-length: 0\r\n"u8);
            }
        }
        else if (request.ContentLength is { } length)
        {
            WriteField("content-length", length.ToString(CultureInfo.InvariantCulture), head);
        }
        else
        {
            head.Write("transfer-encoding: chunked\r\n"u8);
        }
    }

    private static void WriteField(string name, string value, ArrayBufferWriter<byte> head)
    {
        Encoding.ASCII.GetBytes(name, head);
        head.Write(": "u8);
        Encoding.Latin1.GetBytes(value, head);
        head.Write("\r\n"u8);
    }
}
