package io.vireo.control.api;

import io.vireo.control.desired.CallerGoneException;
import io.vireo.control.desired.TooManyDocumentsException;
import io.vireo.control.desired.VersionConflictException;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.store.StoreException;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.KeyRefusedException;
import io.vireo.control.view.NotFoundException;
import io.vireo.control.view.TooManyCapturesException;
import io.vireo.control.view.TooManyTablesException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** Between Jetty and the operations: identifies the peer, finds the operation, turns exceptions into problem documents. */
final class ApiHandler extends Handler.Abstract {
    private static final System.Logger LOGGER = System.getLogger(ApiHandler.class.getName());

    private final OperationRouter router;
    private final PeerReader peers;

    ApiHandler(OperationRouter router, PeerReader peers) {
        this.router = router;
        this.peers = peers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        Peer peer = peers.read(channelOf(request));
        Exchange exchange = new Exchange(request, response, peer);
        try {
            Role role = AccessPolicy.roleOf(peer)
                    .orElseThrow(() -> ApiException.forbidden("user " + peer.user()
                            + " is neither root nor in the group " + AccessPolicy.OPERATOR_GROUP + " or "
                            + AccessPolicy.READ_ONLY_GROUP));
            OperationRouter.Match match = router.find(request.getMethod(), Request.getPathInContext(request));
            if (!role.covers(match.operation().role())) {
                throw ApiException.forbidden("user " + peer.user()
                        + " may read but not change anything; changes need the group " + AccessPolicy.OPERATOR_GROUP);
            }
            Fields query = Exchange.parametersOf(request.getHttpURI().getQuery());
            RequestRules.checkQuery(match.operation(), query);
            RequestRules.checkBody(match.operation(), request.getHeaders());
            exchange = new Exchange(request, response, peer, match.variables(), query);
            match.operation().handler().handle(exchange);
        } catch (Exception e) {
            if (exchange.isCommitted() || e instanceof CallerGoneException) {
                // Half an answer is sent already, or nobody waits for one; all that is left is to close the connection.
                callback.failed(e);
                return true;
            }
            ApiException problem = problemOf(e);
            exchange.problem(problem.document(), problem.headers());
        }
        callback.succeeded();
        return true;
    }

    private static ApiException problemOf(Exception e) {
        return switch (e) {
            case ApiException problem -> problem;
            case InvalidConfigurationException invalid -> ApiException.invalidConfiguration(invalid.problems());
            case VersionConflictException conflict -> ApiException.conflict(text(conflict));
            case NotFoundException unknown -> ApiException.notFound(text(unknown));
            case TooManyCapturesException full -> ApiException.tooMany(text(full));
            case TooManyTablesException full -> ApiException.tooMany(text(full));
            case TooManyDocumentsException full -> ApiException.tooMany(text(full));
            case KeyRefusedException refused -> ApiException.conflict(text(refused));
            case DataplaneAbsentException absent -> ApiException.unavailable(text(absent));
            case StoreException store -> internal(store);
            default -> internal(e);
        };
    }

    private static ApiException internal(Exception e) {
        LOGGER.log(System.Logger.Level.ERROR, "a request failed", e);
        return ApiException.internal(text(e));
    }

    private static String text(Exception e) {
        @Nullable String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static SocketChannel channelOf(Request request) {
        return (SocketChannel)
                request.getConnectionMetaData().getConnection().getEndPoint().getTransport();
    }
}
