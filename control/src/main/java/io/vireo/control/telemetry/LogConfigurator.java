package io.vireo.control.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import org.jspecify.annotations.Nullable;

/**
 * What Vireo's JVMs log: one JSON object per line on the standard error, which the supervisor keeps as the process's log. Logback
 * finds it as a service and asks it once, before anything is logged.
 *
 * <p>In Java, and not in {@code logback.xml}: reading that file was a fifth of the processor time that control needed before
 * it answered. A file still wins when somebody names one ({@code -Dlogback.configurationFile}), and so does a test's
 * ({@code logback-test.xml}).
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private static final String LEVEL_PROPERTY = "vireo.log.level";
    private static final String FILE_PROPERTY = "logback.configurationFile";
    private static final String TEST_FILE = "/logback-test.xml";

    /** For Logback. */
    public LogConfigurator() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(FILE_PROPERTY) != null || LogConfigurator.class.getResource(TEST_FILE) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        context.getStatusManager().add(new NopStatusListener());
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level(System.getProperty(LEVEL_PROPERTY)));
        root.addAppender(appender(context));
        context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
        context.getLogger("java.lang.Runtime").setLevel(Level.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level level(@Nullable String name) {
        return Level.toLevel(name, Level.INFO);
    }

    private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setName("stderr");
        appender.setContext(context);
        appender.setTarget(ConsoleTarget.SystemErr.getName());
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
